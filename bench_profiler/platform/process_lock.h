// A lock that a forked child can take, whoever held it in the parent.
//
//   ProcessLock lock;
//   {
//     const ProcessLock::Guard guard(&lock);
//     if (guard.was_torn()) ...   // begin anew: half a change may be in there
//   }
//
// The thread that held a mutex at a fork is not in the child, which would wait
// for it for ever. So this one notes which process holds it, and what another
// process holds is free. For work of microseconds: whoever waits, yields.
#ifndef BENCH_PROFILER_PLATFORM_PROCESS_LOCK_H_
#define BENCH_PROFILER_PLATFORM_PROCESS_LOCK_H_

#include <sched.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>

namespace bench_profiler {

class ProcessLock {
 public:
  // Whether somebody of this process holds it at this moment.
  bool IsHeld() const { return holder_.load() == getpid(); }

  class Guard {
   public:
    explicit Guard(ProcessLock* lock) : lock_(lock) {
      const pid_t self = getpid();
      for (;;) {
        pid_t holder = 0;
        if (lock_->holder_.compare_exchange_weak(holder, self)) return;
        if (holder != 0 && holder != self &&
            lock_->holder_.compare_exchange_strong(holder, self)) {
          was_torn_ = true;
          return;
        }
        sched_yield();
      }
    }
    ~Guard() { lock_->holder_.store(0); }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

    // This process was forked while the lock was held. Told once.
    bool was_torn() const { return was_torn_; }

   private:
    ProcessLock* lock_;
    bool was_torn_ = false;
  };

 private:
  std::atomic<pid_t> holder_{0};  // 0: nobody
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_PROCESS_LOCK_H_
