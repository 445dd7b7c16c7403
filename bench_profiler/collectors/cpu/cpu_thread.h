// What the CPU profile keeps for each thread, and the pool that these entries
// come from.
//
//   CpuThreadPool pool;
//   CpuThread* thread = pool.Take(tid);
//   timer.Start(..., thread->cookie());
//   // in the handler
//   CpuThread* thread = pool.OfCookie(cookie);
//   if (thread != nullptr && thread->Enter(cookie, gettid())) {
//     ...
//     thread->Leave();
//   }
//
// Entries are never freed, since a late signal may still carry an entry's
// cookie. They are used again, each time with another cookie. Memory comes from
// mmap.
#ifndef BENCH_PROFILER_COLLECTORS_CPU_CPU_THREAD_H_
#define BENCH_PROFILER_COLLECTORS_CPU_CPU_THREAD_H_

#include <sys/types.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "bench_profiler/collectors/cpu/sample_timer.h"
#include "bench_profiler/platform/page_array.h"
#include "bench_profiler/record/sample_buffer.h"
#include "bench_profiler/stack/stack_walker.h"

namespace bench_profiler {

// All that the signal handler needs to know of a thread.
struct CpuThread {
  std::atomic<pid_t> tid{0};
  // What the signals of its timer carry; null: the entry belongs to no thread.
  std::atomic<void*> cookie{nullptr};
  // A signal handler is using the entry, perhaps after the thread has left it.
  std::atomic<bool> busy{false};
  bool announced = false;        // by OnThreadStart, so its end will be too
  bool has_small_stack = false;  // gets no timer
  bool timer_failed = false;     // is counted in without_timer
  SampleTimer timer;
  SampleBuffer buffer;

  // The part of the stack that was found to be readable. Only the handler uses
  // it.
  StackBounds stack;

  uintptr_t routine = 0;     // the thread's function, if announced
  int64_t start_cpu_ns = 0;  // its CPU time when the timer started
  int64_t first_ns = 0;      // CPU time from then to the first expiry
  int64_t sampled_ns = 0;    // the sum of all values so far; the handler's

  // Used by the pool only.
  uint32_t index = 0;
  uint32_t generation = 0;
  CpuThread* next = nullptr;  // of the same hash, or free

  bool in_use() const {
    return cookie.load(std::memory_order_relaxed) != nullptr;
  }

  // A signal handler calls these before and after it uses the entry. Enter
  // returns false if the thread has left, or is not `self`, the calling one: a
  // late signal of a perf event tells only of a file descriptor, which may
  // belong to another thread's event by now. No other thread gets the entry
  // between the two. Async-signal-safe.
  bool Enter(const void* carried, pid_t self) {
    if (tid.load() != self) return false;
    busy.store(true);
    if (cookie.load() == carried) return true;
    busy.store(false, std::memory_order_relaxed);
    return false;
  }
  void Leave() { busy.store(false, std::memory_order_release); }
};

class CpuThreadPool {
 public:
  // Returns whether a signal's cookie is one of ours, even an old one.
  // Async-signal-safe.
  static bool IsCookie(const void* cookie);

  // Returns the entry to call CpuThread::Enter with, or null if there is none.
  // Async-signal-safe.
  CpuThread* OfCookie(const void* cookie) const;

  // Calls `visit` with each entry, in use or not. No locks.
  template <class Visitor>
  void ForEach(Visitor&& visit) const {
    for (const auto& chunk : chunks_) {
      CpuThread* threads = chunk.load(std::memory_order_acquire);
      if (threads == nullptr) return;
      for (size_t i = 0; i < kChunkThreads; ++i) visit(threads[i]);
    }
  }

  // Only one thread at a time may call the following functions.

  // Returns an entry for thread `tid`, which must not have one, or null if
  // there is no memory left.
  CpuThread* Take(pid_t tid);

  void GiveBack(CpuThread* thread);

  // The entry of a thread, or null.
  CpuThread* Find(pid_t tid) const;

  // How many are in use.
  int used() const { return used_; }

 private:
  static constexpr size_t kChunkThreads = 256;
  static constexpr size_t kMaxChunks = 1024;

  CpuThread* TakeFree();
  bool AddChunk();
  void Grow();
  CpuThread** BucketOf(pid_t tid);

  std::atomic<CpuThread*> chunks_[kMaxChunks] = {};
  size_t num_chunks_ = 0;
  CpuThread* free_ = nullptr;
  PageArray<CpuThread*> buckets_;  // by a hash of tid; a power of two
  int used_ = 0;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_CPU_CPU_THREAD_H_
