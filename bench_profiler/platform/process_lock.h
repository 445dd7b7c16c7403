// A lock that a forked child can take, whoever held it in the parent.
//
//   ProcessLock lock;
//   { const ProcessLock::Guard guard(&lock); ... }
//
// The thread that held a mutex at a fork is not in the child, which would wait
// for it for ever. So this one notes which process holds it, and what another
// process holds is free. Such a child may find half of a change: of what is
// protected, any half must do. For work of microseconds: whoever waits, yields.
#ifndef BENCH_PROFILER_PLATFORM_PROCESS_LOCK_H_
#define BENCH_PROFILER_PLATFORM_PROCESS_LOCK_H_

#include <sched.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>

namespace bench_profiler {

class ProcessLock {
 public:
  void Lock() {
    const pid_t self = getpid();
    for (;;) {
      pid_t holder = 0;
      if (holder_.compare_exchange_weak(holder, self)) return;
      const bool is_free = holder != 0 && holder != self;
      if (is_free && holder_.compare_exchange_strong(holder, self)) return;
      sched_yield();
    }
  }
  void Unlock() { holder_.store(0); }

  // Whether somebody of this process holds it at this moment.
  bool IsHeld() const { return holder_.load() == getpid(); }

  class Guard {
   public:
    explicit Guard(ProcessLock* lock) : lock_(lock) { lock->Lock(); }
    ~Guard() { lock_->Unlock(); }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

   private:
    ProcessLock* lock_;
  };

 private:
  std::atomic<pid_t> holder_{0};  // 0: nobody
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_PROCESS_LOCK_H_
