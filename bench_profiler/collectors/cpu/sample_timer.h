// A timer that sends a signal to one thread whenever that has used a certain
// CPU time.
//
//   SampleTimer timer;
//   int error = timer.Start(SampleClock::kThread, tid, signal, period, first,
//                           slot);
//   ...
//   void* slot = SampleTimer::Expiry(*siginfo).cookie;   // in the handler
//
// kThread: timer_create(2) on the thread's CPU clock. It is unbiased, and its
// cost is too small to be measured. But the kernel looks at it in its tick
// only, so there are no more than CONFIG_HZ interrupts a second (100 to 1000,
// often 250), each of which stands for 1 + si_overrun periods.
//
// kTaskClock: the task-clock software event of perf_event_open(2), for which
// the kernel uses a high-resolution timer. It has the exact rate, but an
// interrupt costs 5 to 80 us of CPU time. It counts user mode only, so that
// perf_event_paranoid 2 permits it.
//
// kInstructions: the processor's counter of instructions, by the same system
// call. It expires after so many instructions in user mode instead of
// nanoseconds. Most virtual machines have no such counter.
#ifndef BENCH_PROFILER_COLLECTORS_CPU_SAMPLE_TIMER_H_
#define BENCH_PROFILER_COLLECTORS_CPU_SAMPLE_TIMER_H_

#include <signal.h>
#include <sys/types.h>
#include <time.h>

#include <cstdint>

namespace bench_profiler {

enum class SampleClock { kThread, kTaskClock, kInstructions };

class SampleTimer {
 public:
  struct Event {
    void* cookie = nullptr;  // as given to Start, or the program's own
    int64_t periods = 0;     // expiries that this signal stands for; 0: it is
                             // of no timer
  };

  // Starts the timer for thread `tid` of this process. It expires after
  // `first_ns`, if it is of kThread, then every `period`, in nanoseconds or
  // instructions. Returns 0 or an errno.
  int Start(SampleClock clock, pid_t tid, int signal, int64_t period,
            int64_t first_ns, void* cookie);

  // Harmless if not started. A signal may still be pending afterwards.
  void Stop();

  // Returns whether the program has closed the timer's file descriptor, as
  // closefrom(3) does. By now the number may belong to another file.
  bool IsClosed() const;

  bool running() const { return kind_ != Kind::kNone; }

  // Async-signal-safe.
  static Event Expiry(const siginfo_t& info);

 private:
  enum class Kind { kNone, kPosix, kPerf };

  int StartPosix(pid_t tid, int signal, int64_t period_ns, int64_t first_ns,
                 void* cookie);
  int StartPerf(SampleClock clock, pid_t tid, int signal, int64_t period,
                void* cookie);

  Kind kind_ = Kind::kNone;
  timer_t timer_ = {};
  int fd_ = -1;
  uint64_t event_ = 0;  // the kernel's number of the perf event
  int signal_ = 0;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_CPU_SAMPLE_TIMER_H_
