#include "bench_profiler/interpose/program_hooks.h"

#include <dlfcn.h>

#include <atomic>

#include "bench_profiler/interpose/program_locks.h"

namespace bench_profiler {
namespace {

AllocatorHooks* hooks = nullptr;          // where the program's calls arrive
std::atomic<bool> hooks_are_deaf{false};  // linked, but no call arrives

// Returns whether the program's calls arrive at these hooks, and not at
// definitions that were linked with them or that come before them.
bool SeesCalls(const AllocatorHooks& some) {
  const Allocator& ours = some.ours;
  const Allocator& linked = some.linked;
  return linked.malloc == ours.malloc && linked.free == ours.free &&
         linked.calloc == ours.calloc && linked.realloc == ours.realloc &&
         linked.posix_memalign == ours.posix_memalign &&
         linked.aligned_alloc == ours.aligned_alloc &&
         dlsym(RTLD_DEFAULT, "malloc") == reinterpret_cast<void*>(ours.malloc);
}

template <class Function>
void Redirect(std::atomic<Function>* current, Function function) {
  current->store(function, std::memory_order_release);
}

}  // namespace

const AllocatorHooks* ProgramHooks() { return hooks; }

Error WhyNoProgramHooks(const char* not_linked) {
  if (hooks_are_deaf.load()) {
    return Error::Format(
        "the program has a malloc of its own (an allocator that is linked "
        "statically?), which cannot be observed; link the allocator as a "
        "shared library");
  }
  return Error::Format("%s", not_linked);
}

void RedirectProgram(const Allocator& functions) {
  auto& current = hooks->current;
  Redirect(&current.free, functions.free);
  Redirect(&current.realloc, functions.realloc);
  Redirect(&current.malloc, functions.malloc);
  Redirect(&current.calloc, functions.calloc);
  Redirect(&current.memalign, functions.memalign);
  Redirect(&current.posix_memalign, functions.posix_memalign);
  Redirect(&current.aligned_alloc, functions.aligned_alloc);
  Redirect(&current.valloc, functions.valloc);
  Redirect(&current.pvalloc, functions.pvalloc);
}

const Allocator& ProgramAllocator() {
  hooks->resolve();
  return hooks->next;
}

}  // namespace bench_profiler

extern "C" void bench_profiler_register_hooks(
    bench_profiler::AllocatorHooks* some_hooks) {
  using namespace bench_profiler;  // NOLINT(google-build-using-namespace)
  // Hooks in a library that may be closed again are ignored: the program's
  // calls do not arrive at its malloc.
  if (hooks == nullptr && SeesCalls(*some_hooks)) hooks = some_hooks;
  if (hooks != some_hooks) hooks_are_deaf.store(true);
  RegisterLockHooks(some_hooks->locks);
  // With a preloaded profiler this function is found there first. The profiler
  // that the program was linked with is told here.
  using Register = void (*)(AllocatorHooks*);
  const auto next_profiler = reinterpret_cast<Register>(
      dlsym(RTLD_NEXT, "bench_profiler_register_hooks"));
  if (next_profiler != nullptr) next_profiler(some_hooks);
}
