#include "bench_profiler/interpose/observed_allocator.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>

#include "bench_profiler/interpose/allocation_thread.h"
#include "bench_profiler/interpose/sample_distance.h"
#include "bench_profiler/interpose/sampled_blocks.h"
#include "bench_profiler/platform/fork_events.h"

// Takes what it is to call at each allocation. Null where there is no
// sanitizer.
extern "C" __attribute__((weak)) int __sanitizer_install_malloc_and_free_hooks(
    void (*malloc_hook)(const volatile void*, size_t),
    void (*free_hook)(const volatile void*));

namespace bench_profiler {
namespace {

AllocatorHooks* hooks = nullptr;          // that the program's calls come to
std::atomic<bool> hooks_are_deaf{false};  // some are linked, none of them is it
Allocator next = {};  // a copy of hooks->next, for one load less in each call

std::atomic<AllocationObserver*> observer{nullptr};
int64_t mean_bytes = 0;
std::atomic<bool> sanitizer_hooks_on{false};
std::atomic<bool> sanitizer_told{false};

// Read without a lock by threads that may outlive main: never destroyed.
SampledBlocks blocks;
static_assert(std::is_trivially_destructible_v<SampledBlocks>);

void BookFree(void* cookie) {
  AllocationObserver* watching = observer.load(std::memory_order_acquire);
  if (watching != nullptr && cookie != nullptr) watching->OnFree(cookie);
}

void Sample(AllocationThread* thread, AllocationObserver* watching,
            void* pointer, size_t size, uintptr_t caller) {
  const int saved_errno = errno;
  const IgnoreAllocations ignore(thread);
  void* cookie = watching->OnSample(size, caller);
  void* replaced = nullptr;
  if (cookie != nullptr && !blocks.Add(pointer, cookie, &replaced)) {
    watching->OnFree(cookie);  // rather not in use than for ever
  }
  BookFree(replaced);
  errno = saved_errno;
}

// Counts a block that did not pass the countdown.
__attribute__((noinline)) void* OnCountdown(void* pointer, size_t size,
                                            const void* caller) {
  // Blocks of this size do not pass when nothing is sampled: a failure to
  // allocate one is not counted.
  constexpr uint64_t kHuge = uint64_t{1} << 26;
  if (pointer == nullptr) return nullptr;
  AllocationThread* thread = AllocationThread::Current();
  AllocationCountdown& countdown = thread->countdown;
  AllocationObserver* watching = observer.load(std::memory_order_acquire);
  if (watching == nullptr) {
    countdown.CountSample(size);
    countdown.Arm(kHuge);
    return pointer;
  }
  if (!thread->draws) {
    thread->draws = true;
    countdown.Arm(DrawDistance(mean_bytes, &thread->random));
    if (countdown.Pass(size)) return pointer;
  }
  countdown.CountSample(size);
  countdown.Arm(DrawDistance(mean_bytes, &thread->random));
  if (!thread->IsIgnoring()) {
    Sample(thread, watching, pointer, size,
           reinterpret_cast<uintptr_t>(caller));
  }
  return pointer;
}

// Counts a block before it is allocated: so the call of the allocator is the
// last thing to do, a jump. A small block that then cannot be had is counted
// all the same.
inline bool Passes(size_t size) {
  AllocationThread* thread = AllocationThread::Known();
  return thread != nullptr && thread->countdown.Pass(size);
}

// Counts a block, or the failure to get it.
inline __attribute__((always_inline)) void* OnAllocation(void* pointer,
                                                         size_t size) {
  if (pointer == nullptr || Passes(size)) return pointer;
  return OnCountdown(pointer, size, __builtin_return_address(0));
}

// Takes a block off the books; null if it was not sampled. If a signal's
// handler gives it back while its thread is in here, perhaps with a lock held,
// it stays, until its address is seen again.
inline void* TakeOff(void* pointer) {
  if (!blocks.MayContain(pointer)) return nullptr;
  AllocationThread* thread = AllocationThread::Current();
  if (thread->IsIgnoring()) return nullptr;
  const IgnoreAllocations ignore(thread);
  return blocks.Remove(pointer);
}

// The common calls are split in two, so that what is done for nearly all of
// them needs no stack: with the call of the allocator as a jump at its end.
__attribute__((noinline)) void* SlowMalloc(size_t size) noexcept {
  return OnCountdown(next.malloc(size), size, __builtin_return_address(0));
}

void* Malloc(size_t size) noexcept {
  return __builtin_expect(Passes(size), 1) ? next.malloc(size)
                                           : SlowMalloc(size);
}

__attribute__((noinline)) void SlowFree(void* pointer) noexcept {
  // Before: another thread may get the address at once.
  BookFree(TakeOff(pointer));
  next.free(pointer);
}

void Free(void* pointer) noexcept {
  if (__builtin_expect(blocks.MayContain(pointer), 0)) {
    SlowFree(pointer);
  } else {
    next.free(pointer);
  }
}

void* Calloc(size_t count, size_t size) noexcept {
  size_t bytes = 0;
  if (__builtin_mul_overflow(count, size, &bytes)) bytes = SIZE_MAX;
  if (__builtin_expect(Passes(bytes), 1)) return next.calloc(count, size);
  return OnCountdown(next.calloc(count, size), bytes,
                     __builtin_return_address(0));
}

// As giving back the old block and allocating a new one, also where it stays in
// its place.
void* Realloc(void* pointer, size_t size) noexcept {
  void* cookie = TakeOff(pointer);
  void* moved = next.realloc(pointer, size);
  if (moved != nullptr || size == 0) {
    BookFree(cookie);
    if (moved != nullptr) OnAllocation(moved, size);
  } else if (cookie != nullptr) {  // failed: the old block is still there
    const IgnoreAllocations ignore;
    void* replaced = nullptr;
    if (!blocks.Add(pointer, cookie, &replaced)) BookFree(cookie);
  }
  return moved;
}

void* Memalign(size_t alignment, size_t size) noexcept {
  return OnAllocation(next.memalign(alignment, size), size);
}

int PosixMemalign(void** pointer, size_t alignment, size_t size) noexcept {
  const int error = next.posix_memalign(pointer, alignment, size);
  if (error == 0) OnAllocation(*pointer, size);
  return error;
}

void* AlignedAlloc(size_t alignment, size_t size) noexcept {
  return OnAllocation(next.aligned_alloc(alignment, size), size);
}

void* Valloc(size_t size) noexcept {
  return OnAllocation(next.valloc(size), size);
}

void* Pvalloc(size_t size) noexcept {
  return OnAllocation(next.pvalloc(size), size);
}

void OnSanitizerMalloc(const volatile void* pointer, size_t size) {
  if (!sanitizer_hooks_on.load(std::memory_order_relaxed)) {
    sanitizer_told.store(true, std::memory_order_relaxed);
    return;
  }
  OnAllocation(const_cast<void*>(pointer), size);
}

void OnSanitizerFree(const volatile void* pointer) {
  if (!sanitizer_hooks_on.load(std::memory_order_relaxed)) return;
  BookFree(TakeOff(const_cast<void*>(pointer)));
}

template <class Function>
void Redirect(std::atomic<Function>* current, Function function) {
  current->store(function, std::memory_order_release);
}

void RedirectAll(const Allocator& functions) {
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

// Tries it: the runtime of -fsanitize=undefined takes the hooks, too, but
// leaves the allocator alone and never calls them.
bool SanitizerTells() {
  if (__sanitizer_install_malloc_and_free_hooks == nullptr) return false;
  static const bool tells = [] {
    // There is no way to take them out again.
    if (__sanitizer_install_malloc_and_free_hooks(OnSanitizerMalloc,
                                                  OnSanitizerFree) == 0) {
      return false;
    }
    void* block = malloc(1);
    asm volatile("" : "+r"(block) : : "memory");  // it is not left out
    free(block);
    return sanitizer_told.load();
  }();
  return tells;
}

// Whether all of the program's calls come to these hooks, and not to another
// definition that is linked with them, or comes before them.
bool SeesCalls(const AllocatorHooks& some) {
  const Allocator& ours = some.ours;
  const Allocator& linked = some.linked;
  return linked.malloc == ours.malloc && linked.free == ours.free &&
         linked.calloc == ours.calloc && linked.realloc == ours.realloc &&
         linked.posix_memalign == ours.posix_memalign &&
         linked.aligned_alloc == ours.aligned_alloc &&
         dlsym(RTLD_DEFAULT, "malloc") == reinterpret_cast<void*>(ours.malloc);
}

// `with_free`: blocks are followed to their ends.
const char* StartHooks(bool with_free) {
  if (hooks == nullptr && hooks_are_deaf.load()) {
    return "the program has a malloc of its own (an allocator that is linked "
           "statically?), which cannot be observed; link the allocator as a "
           "shared library";
  }
  if (hooks == nullptr &&
      __sanitizer_install_malloc_and_free_hooks != nullptr) {
    return "the sanitizer does not tell of allocations";
  }
  if (hooks == nullptr) {
    return "the allocator hooks are not linked into this program; "
           "bench_profiler_enable and bench_profiler::pprof do that";
  }
  hooks->resolve();
  next = hooks->next;
  RedirectAll({Malloc, with_free ? Free : next.free, Calloc, Realloc, Memalign,
               PosixMemalign, AlignedAlloc, Valloc, Pvalloc});
  return nullptr;
}

const char* Start(bool with_free) {
  static constexpr ForkHandlers kForkHandlers = {nullptr, nullptr,
                                                 StopObservingAllocations};
  AddForkHandlers(&kForkHandlers);
  if (!SanitizerTells()) return StartHooks(with_free);
  sanitizer_hooks_on.store(true);
  return nullptr;
}

}  // namespace

const char* CountAllocations() {
  return Start(observer.load(std::memory_order_relaxed) != nullptr);
}

const char* ObserveAllocations(AllocationObserver* new_observer, int64_t mean) {
  mean_bytes = mean;
  if (mean <= 1) blocks.ExpectMany();
  observer.store(new_observer, std::memory_order_release);
  const char* why_not = Start(/*with_free=*/true);
  if (why_not != nullptr) observer.store(nullptr);
  return why_not;
}

void StopObservingAllocations() {
  sanitizer_hooks_on.store(false);
  observer.store(nullptr, std::memory_order_release);
  if (hooks != nullptr && next.malloc != nullptr) RedirectAll(next);
}

const char* AllocatorDescription() {
  return SanitizerTells()
             ? "malloc and operator new, as the sanitizer's hooks tell"
             : "malloc and operator new";
}

}  // namespace bench_profiler

extern "C" void bench_profiler_register_hooks(
    bench_profiler::AllocatorHooks* some_hooks) {
  using namespace bench_profiler;  // NOLINT(google-build-using-namespace)
  // Hooks of a library that may be closed again never are the ones: its malloc
  // is not what the program finds first.
  if (hooks == nullptr && SeesCalls(*some_hooks)) hooks = some_hooks;
  if (hooks != some_hooks) hooks_are_deaf.store(true);
  // A preloaded profiler comes before the one that the program was linked with.
  using Register = void (*)(AllocatorHooks*);
  const auto next_profiler = reinterpret_cast<Register>(
      dlsym(RTLD_NEXT, "bench_profiler_register_hooks"));
  if (next_profiler != nullptr) next_profiler(some_hooks);
}
