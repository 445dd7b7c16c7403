#include "bench_profiler/interpose/program_locks.h"

#include <dlfcn.h>

// A function of the sanitizers. Null where there is none.
extern "C" __attribute__((weak)) int __sanitizer_install_malloc_and_free_hooks(
    void (*malloc_hook)(const volatile void*, size_t),
    void (*free_hook)(const volatile void*));

namespace bench_profiler {
namespace {

LockHooks* lock_hooks = nullptr;  // where the program's calls arrive

// As for the allocator's hooks (program_hooks.cc).
bool SeesCalls(const LockHooks& hooks) {
  const Locks& ours = hooks.ours;
  const Locks& linked = hooks.linked;
  return linked.pthread_mutex_lock == ours.pthread_mutex_lock &&
         linked.pthread_mutex_unlock == ours.pthread_mutex_unlock &&
         linked.pthread_cond_wait == ours.pthread_cond_wait &&
         linked.pthread_rwlock_unlock == ours.pthread_rwlock_unlock &&
         dlsym(RTLD_DEFAULT, "pthread_mutex_lock") ==
             reinterpret_cast<void*>(ours.pthread_mutex_lock);
}

}  // namespace

const Locks* ProgramLocks() {
  return lock_hooks == nullptr ? nullptr : &lock_hooks->next;
}

Error WhyNoProgramLocks() {
  if (__sanitizer_install_malloc_and_free_hooks != nullptr) {
    return Error::Format(
        "not under a sanitizer, which has lock functions of its own");
  }
  return Error::Format(
      "the lock hooks are not linked into this program, or it has lock "
      "functions of its own; bench_profiler_enable and bench_profiler::pprof "
      "link them");
}

void RedirectLocks(const Locks& functions) {
  auto& current = lock_hooks->current;
#define BENCH_PROFILER_LOCK_FUNCTION(result, name, parameters, arguments, \
                                     exceptions)                          \
  current.name.store(functions.name, std::memory_order_release);
#include "bench_profiler/interpose/lock_functions.def"
#undef BENCH_PROFILER_LOCK_FUNCTION
}

bool IsLockHook(uintptr_t code) {
  const Locks& ours = lock_hooks->ours;
#define BENCH_PROFILER_LOCK_FUNCTION(result, name, parameters, arguments, \
                                     exceptions)                          \
  if (reinterpret_cast<uintptr_t>(ours.name) == code) return true;
#include "bench_profiler/interpose/lock_functions.def"
#undef BENCH_PROFILER_LOCK_FUNCTION
  return false;
}

void RegisterLockHooks(LockHooks* hooks) {
  if (lock_hooks == nullptr && SeesCalls(*hooks)) lock_hooks = hooks;
}

}  // namespace bench_profiler
