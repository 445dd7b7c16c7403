#include "bench_profiler/interpose/observed_allocator.h"

#include <errno.h>
#include <stdlib.h>

#include <new>

#include "bench_profiler/interpose/allocation_thread.h"
#include "bench_profiler/interpose/program_hooks.h"
#include "bench_profiler/interpose/sample_distance.h"
#include "bench_profiler/interpose/sampled_blocks.h"
#include "bench_profiler/platform/fork_events.h"

// A function of the sanitizers: sets what they call at each allocation and
// free. Null where there is no sanitizer.
extern "C" __attribute__((weak)) int __sanitizer_install_malloc_and_free_hooks(
    void (*malloc_hook)(const volatile void*, size_t),
    void (*free_hook)(const volatile void*));

namespace bench_profiler {
namespace {

Allocator next = {};  // the program's: a copy, which saves a load in each call

std::atomic<AllocationObserver*> observer{nullptr};  // null: never was one
std::atomic<int64_t> mean_bytes{0};                  // 0: nothing is drawn
bool counting = false;
std::atomic<bool> sanitizer_hooks_on{false};
std::atomic<bool> sanitizer_told{false};

// Threads read this without a lock and may outlive main, so it is never
// destroyed.
SampledBlocks blocks;
static_assert(std::is_trivially_destructible_v<SampledBlocks>);

void BookFree(void* cookie) {
  AllocationObserver* watching = observer.load(std::memory_order_acquire);
  if (watching != nullptr && cookie != nullptr) watching->OnFree(cookie);
}

void Sample(AllocationThread* thread, void* pointer, size_t size, int64_t mean,
            uintptr_t caller) {
  AllocationObserver* watching = observer.load(std::memory_order_acquire);
  if (watching == nullptr) return;
  const int saved_errno = errno;
  const IgnoreAllocations ignore(thread);
  void* cookie = watching->OnSample(size, mean, caller);
  void* replaced = nullptr;
  if (cookie != nullptr && !blocks.Add(pointer, cookie, &replaced)) {
    watching->OnFree(cookie);  // else it would stay in use for ever
  }
  BookFree(replaced);
  errno = saved_errno;
}

// After that many bytes a thread looks at the latest whether the mean has
// changed. Larger blocks never pass the countdown, so if one cannot be
// allocated, it is not counted.
constexpr uint64_t kStep = uint64_t{1} << 20;

// Sets the distance to the next sample.
void SetDistance(AllocationThread* thread, uint64_t distance) {
  const uint64_t step = distance < kStep ? distance : kStep;
  thread->countdown.Arm(step);
  thread->beyond = distance - step;
}

// The mean is kept with the distance that was drawn by it: when the sample
// comes, it counts by this mean, even if another one is set by then.
void DrawNext(AllocationThread* thread) {
  thread->mean = mean_bytes.load(std::memory_order_relaxed);
  SetDistance(thread, thread->mean == 0
                          ? kStep
                          : DrawDistance(thread->mean, &thread->random));
}

// The mean applies to this thread from its next block on.
void BeginAnew(AllocationThread* thread) {
  thread->mean = 0;
  SetDistance(thread, 0);
}

// Counts a block that did not pass the countdown, and samples it if it was
// drawn.
__attribute__((noinline)) void* OnCountdown(void* pointer, size_t size,
                                            const void* caller) {
  if (pointer == nullptr) return nullptr;
  AllocationThread* thread = AllocationThread::Current();
  AllocationCountdown& countdown = thread->countdown;
  if (thread->mean == 0) {
    DrawNext(thread);
    if (countdown.Pass(size)) return pointer;
  }
  const int64_t mean = thread->mean;
  const uint64_t distance = countdown.Left() + thread->beyond;
  const bool is_drawn = mean != 0 && size >= distance;
  countdown.CountSample(size);
  // An exponential distance has no memory. So if the mean has changed, the rest
  // of the distance may be drawn again, unless this block reaches its end.
  if (is_drawn || mean != mean_bytes.load(std::memory_order_relaxed)) {
    DrawNext(thread);
  } else {
    SetDistance(thread, mean == 0 ? kStep : distance - size);
  }
  if (is_drawn && !thread->IsIgnoring()) {
    Sample(thread, pointer, size, mean, reinterpret_cast<uintptr_t>(caller));
  }
  return pointer;
}

// Counts a block before it is allocated, so that the call of the allocator can
// be a jump at the end. A small block is thus counted even if it then cannot be
// allocated.
inline bool Passes(size_t size) {
  AllocationThread* thread = AllocationThread::Known();
  return thread != nullptr && thread->countdown.Pass(size);
}

// Counts a block, unless it could not be allocated.
inline __attribute__((always_inline)) void* OnAllocation(void* pointer,
                                                         size_t size) {
  if (pointer == nullptr || Passes(size)) return pointer;
  return OnCountdown(pointer, size, __builtin_return_address(0));
}

// Forgets a block that is about to be freed, and returns its cookie, or null if
// it was not sampled. A signal handler may free a block while its thread is in
// here and holds a lock: that block counts as in use until its address is
// allocated again.
inline void* TakeOff(void* pointer) {
  if (!blocks.MayContain(pointer)) return nullptr;
  AllocationThread* thread = AllocationThread::Current();
  if (thread->IsIgnoring()) return nullptr;
  const IgnoreAllocations ignore(thread);
  return blocks.Remove(pointer);
}

// The common functions are split in two. The part that handles nearly all calls
// needs no stack, so that it ends with a jump to the allocator.
__attribute__((noinline)) void* SlowMalloc(size_t size) noexcept {
  return OnCountdown(next.malloc(size), size, __builtin_return_address(0));
}

void* Malloc(size_t size) noexcept {
  return __builtin_expect(Passes(size), 1) ? next.malloc(size)
                                           : SlowMalloc(size);
}

__attribute__((noinline)) void SlowFree(void* pointer) noexcept {
  // This comes first, since another thread may get the address as soon as it is
  // free.
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

// Counts as freeing the old block and allocating a new one, even if it stays
// where it is.
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

// Finds out by trying: the runtime of -fsanitize=undefined accepts hooks, too,
// but it does not replace the allocator, and never calls them.
bool SanitizerTells() {
  if (__sanitizer_install_malloc_and_free_hooks == nullptr) return false;
  static const bool tells = [] {
    // They cannot be removed again.
    if (__sanitizer_install_malloc_and_free_hooks(OnSanitizerMalloc,
                                                  OnSanitizerFree) == 0) {
      return false;
    }
    void* block = malloc(1);
    asm volatile("" : "+r"(block) : : "memory");  // keeps the call
    free(block);
    return sanitizer_told.load();
  }();
  return tells;
}

// Sends those calls to us that somebody wants to observe.
Error Redirect() {
  const bool wants_all = counting || mean_bytes.load() != 0;
  const bool wants_ends = observer.load() != nullptr &&
                          (mean_bytes.load() != 0 || !blocks.IsEmpty());
  if (SanitizerTells()) {
    sanitizer_hooks_on.store(wants_all || wants_ends);
    return Error();
  }
  if (ProgramHooks() == nullptr) {
    return WhyNoProgramHooks(
        __sanitizer_install_malloc_and_free_hooks != nullptr
            ? "the sanitizer does not tell of allocations"
            : "the allocator hooks are not linked into this program; "
              "bench_profiler_enable and bench_profiler::pprof do that");
  }
  next = ProgramAllocator();
  Allocator functions = next;
  if (wants_all) {
    functions = {Malloc,        next.free,    Calloc, Realloc, Memalign,
                 PosixMemalign, AlignedAlloc, Valloc, Pvalloc};
  }
  if (wants_ends) {
    functions.free = Free;
    functions.realloc = Realloc;
  }
  RedirectProgram(functions);
  return Error();
}

// In a forked child. Samples and their blocks belong to the parent, and a lock
// may be held by a thread that does not exist here. So all calls go straight to
// the allocator again. Async-signal-safe: stores, and a system call for the
// thread's number.
void ForgetInChild() {
  sanitizer_hooks_on.store(false);
  mean_bytes.store(0);
  counting = false;
  if (next.malloc != nullptr) RedirectProgram(next);
  if (observer.exchange(nullptr) != nullptr) new (&blocks) SampledBlocks;
  AllocationThread::AdoptInChild();
}

Error Start() {
  static constexpr ForkHandlers kForkHandlers = {nullptr, nullptr,
                                                 ForgetInChild};
  AddForkHandlers(&kForkHandlers);
  return Redirect();
}

}  // namespace

Error CountAllocations() {
  counting = true;
  const Error error = Start();
  if (error) counting = false;
  return error;
}

Error ObserveAllocations(AllocationObserver* new_observer, int64_t mean) {
  if (mean <= 1) blocks.ExpectMany();
  observer.store(new_observer, std::memory_order_release);
  mean_bytes.store(mean);
  const Error error = Start();
  if (error) mean_bytes.store(0);
  BeginAnew(AllocationThread::Current());
  return error;
}

void StopObservingAllocations() {
  if (mean_bytes.exchange(0) == 0) return;
  Redirect();
  BeginAnew(AllocationThread::Current());
}

const char* AllocatorDescription() {
  return SanitizerTells()
             ? "malloc and operator new, as the sanitizer's hooks tell"
             : "malloc and operator new";
}

}  // namespace bench_profiler
