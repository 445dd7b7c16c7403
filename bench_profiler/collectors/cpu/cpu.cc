// The CPU profile: each thread is interrupted at intervals of its own CPU time,
// and its stack is recorded.
#include <errno.h>
#include <ucontext.h>

#include <atomic>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <new>
#include <type_traits>

#include "bench_profiler/collectors/collector.h"
#include "bench_profiler/collectors/cpu/cpu_threads.h"
#include "bench_profiler/platform/fork_events.h"
#include "bench_profiler/platform/never_destroyed.h"
#include "bench_profiler/platform/sample_signal.h"
#include "bench_profiler/platform/thread_clock.h"
#include "bench_profiler/platform/thread_events.h"
#include "bench_profiler/platform/thread_sanitizer.h"
#include "bench_profiler/record/label_sets.h"
#include "bench_profiler/record/trace_counters.h"
#include "bench_profiler/record/trace_log.h"
#include "bench_profiler/region.h"
#include "bench_profiler/stack/arch/arch.h"
#include "bench_profiler/stack/stack_bounds.h"

namespace bench_profiler {
namespace {

constexpr int64_t kNanosPerSecond = 1000000000;

// How many instructions a processor of today is taken to run in a second, so
// that a rate means about the same for all clocks. It is a fixed number, and
// not measured: equal work has equally many samples on all machines.
constexpr int64_t kInstructionsPerSecond = 2500000000;

// Signal handlers read all of this, and may come late.
struct Sampling {
  std::atomic<bool> running{false};
  SampleClock clock = SampleClock::kThread;
  int64_t rate = 0;
  int64_t period_ns = 0;
  CpuThreads threads;

  // What the timer counts to: nanoseconds, or instructions.
  int64_t TimerPeriod() const {
    return clock == SampleClock::kInstructions ? kInstructionsPerSecond / rate
                                               : period_ns;
  }
};
Sampling& TheSampling() {
  static NeverDestroyed<Sampling> sampling;
  return *sampling;
}
// Set before the first signal can come, since a signal handler must not run the
// guard of the static above.
Sampling* sampling = nullptr;

// Runs in the signal handler.
void Sample(CpuThread* thread, int64_t periods, const ucontext_t& context) {
  int64_t value = periods * sampling->period_ns;
  if (sampling->clock != SampleClock::kThread) {
    // Events do not count kernel mode, but the thread's clock does, and
    // instructions are no time at all. clock_gettime is async-signal-safe
    // (POSIX).
    value = ThreadCpuNanos() - thread->start_cpu_ns - thread->sampled_ns;
  }
  thread->sampled_ns += value;
  const uint64_t activity = CurrentActivity();  // initial-exec TLS, atomics
  value += sampling->threads.TakeDebt(*thread, activity);  // atomics
  RawSample* sample = thread->buffer.Reserve();  // atomics, at most an mmap
  if (sample == nullptr) return;
  ExtendBounds(StackPointer(context), &thread->stack);
  // No locks, no allocation, checked reads (stack_walker.h).
  const StackTrace trace =
      WalkStackByCfi(context, thread->stack, sample->addresses(), kMaxFrames);
  sample->activity = activity;
  sample->value = value;
  sample->labels = CurrentLabels();  // initial-exec TLS
  sample->depth = static_cast<uint16_t>(trace.depth);
  sample->truncated = trace.truncated;
  if (Tracing()) {
    sample->SetMoment({TraceTime(), thread->tid.load()});  // clock_gettime
    TraceCounters();  // atomics, and stat every 10 ms
  }
  thread->buffer.Commit(sample);  // an atomic store
}

bool OnSignal(const siginfo_t& info, void* context) {
  const SampleTimer::Event event = SampleTimer::Expiry(info);  // an atomic read
  if (event.periods == 0) return false;
  // The signal of a perf event whose descriptor is closed already.
  if (event.cookie == nullptr) return info.si_code != SI_TIMER;
  CpuThread* thread = sampling->threads.OfCookie(event.cookie);
  if (thread == nullptr) return CpuThreadPool::IsCookie(event.cookie);
  // A signal that was sent before Stop and comes late is not counted.
  // CurrentThreadId is a system call.
  if (context == nullptr || !thread->Enter(event.cookie, CurrentThreadId())) {
    return true;
  }
  Sample(thread, event.periods, *static_cast<const ucontext_t*>(context));
  thread->Leave();
  return true;
}

// If a signal interrupts a fork, the kernel starts it again (ERESTARTNOINTR).
// Where so much memory is copied that this takes longer than the time between
// two signals, the fork would never end.
thread_local std::aligned_storage_t<sizeof(SampleSignalBlock)> fork_block;
thread_local bool has_fork_block = false;

void BlockAroundFork() {
  new (&fork_block) SampleSignalBlock;
  has_fork_block = true;
}

void UnblockAfterFork() {
  if (!has_fork_block) return;
  has_fork_block = false;
  reinterpret_cast<SampleSignalBlock*>(&fork_block)->~SampleSignalBlock();
}

constexpr ForkHandlers kForkHandlers = {BlockAroundFork, UnblockAfterFork,
                                        UnblockAfterFork};

const char* NameOf(SampleClock clock) {
  switch (clock) {
    case SampleClock::kThread:
      return "thread CPU timers: no more interrupts than kernel ticks, each "
             "weighted with the periods it stands for";
    case SampleClock::kTaskClock:
      return "perf_event task-clock, user mode";
    case SampleClock::kInstructions:
      return "perf_event instructions, user mode: a sample for each 2.5e9 / "
             "rate of them, with the CPU time since the last one";
  }
  return "";
}

class CpuCollector : public Collector {
 public:
  Error Start(const CollectorOptions& options, Error* notice) override;
  void Stop() override;
  void FindThreads() override;
  void Drain(SampleSink* sink) override;
  void ForgetInChild() override;
  const char* Description() const override { return description_; }
  const char* Warning() const override { return warning_; }
  int64_t Period() const override { return sampling->period_ns; }
  bool PlacesKernelTime() const override {
    return sampling->clock == SampleClock::kThread;
  }
  uint64_t Lost() const override { return sampling->threads.Lost(); }

 private:
  void Describe();

  char description_[768] = "";
  char warning_[512] = "";
  bool is_taken_ = false;  // the program has taken the signal
};

Error CpuCollector::Start(const CollectorOptions& options, Error* notice) {
  if (IsUnderThreadSanitizer()) {
    return Error::Format(
        "a program under ThreadSanitizer cannot be sampled; build it without "
        "-fsanitize=thread");
  }
  sampling = &TheSampling();
  sampling->rate = options.rate;
  sampling->period_ns = kNanosPerSecond / options.rate;
  sampling->clock = static_cast<SampleClock>(options.choice);
  const int handler_error = InstallSampleHandler(OnSignal);
  if (handler_error != 0) {
    return Error::Format("no signal handler can be installed (%s)",
                         std::strerror(handler_error));
  }
  AddForkHandlers(&kForkHandlers);
  ExtendSmallStacks();
  CpuThreads& threads = sampling->threads;
  is_taken_ = false;
  sampling->running.store(true);
  threads.Configure(sampling->clock, sampling->period_ns,
                    sampling->TimerPeriod());
  // Added before the existing threads are looked for, so that no thread is
  // missed in between.
  AddThreadObserver(&threads);
  int timer_error = threads.EnrollAll();
  if (timer_error != 0 && sampling->clock != SampleClock::kThread) {
    *notice =
        Error::Format("%s here (%s); using --cpuprofileclock=thread",
                      sampling->clock == SampleClock::kTaskClock
                          ? "task-clock is not permitted"
                          : "instructions cannot be counted by the processor",
                      std::strerror(timer_error));
    sampling->clock = SampleClock::kThread;
    threads.DismissAll();
    threads.Configure(sampling->clock, sampling->period_ns,
                      sampling->TimerPeriod());
    timer_error = threads.EnrollAll();
  }
  if (timer_error != 0) {
    Stop();
    return Error::Format("no CPU timer can be made (%s)%s",
                         std::strerror(timer_error),
                         timer_error == EAGAIN
                             ? "; raise the limit of pending signals: ulimit -i"
                             : "");
  }
  Describe();
  return Error();
}

void CpuCollector::Stop() {
  if (sampling == nullptr || !sampling->running.exchange(false)) return;
  RemoveThreadObserver(&sampling->threads);
  sampling->threads.DismissAll();
}

// Timers and signals stay with the parent, and another thread may have held the
// lock.
void CpuCollector::ForgetInChild() {
  if (sampling == nullptr) return;
  sampling->running.store(false);
  RemoveThreadObserver(&sampling->threads);
  new (&sampling->threads) CpuThreads;
  SampleBuffer::ForgetAllInChild();
  is_taken_ = false;
}

void CpuCollector::FindThreads() {
  if (!sampling->running.load()) return;
  if (SampleHandlerIsInPlace()) return sampling->threads.EnrollNew();
  is_taken_ = true;
  Stop();
}

void CpuCollector::Drain(SampleSink* sink) {
  sampling->threads.Drain([sink](const RawSample& sample) {
    SampleRow row;
    row.labels = sample.labels;
    row.samples = row.values[0] = 1;
    row.values[1] = sample.value;
    sink->AddAtMoment({sample.addresses(), sample.depth, sample.truncated},
                      sample.activity, row, sample.moment());
  });
  Describe();
}

void CpuCollector::Describe() {
  const UnsampledThreads& unsampled = sampling->threads.unsampled();
  char* at = warning_;
  char* const end = warning_ + sizeof(warning_);
  const auto warn = [&](uint64_t threads, const char* why, const char* more) {
    if (threads == 0 || at >= end) return;
    at += std::snprintf(
        at, static_cast<size_t>(end - at), "%s%" PRIu64 " %s not sampled: %s%s",
        at == warning_ ? "" : "; ", threads,
        threads == 1 ? "thread was" : "threads were", why, more);
  };
  warning_[0] = '\0';
  // strerror may allocate, which a process that only writes profiles must not.
  warn(
      unsampled.without_timer, "no timer can be made, ",
      unsampled.without_timer == 0 ? "" : std::strerror(unsampled.timer_error));
  warn(unsampled.blocking, "the signal SIGSTKFLT is blocked in ",
       unsampled.blocking == 1 ? "it" : "them");
  warn(unsampled.small_stacks, "too small a stack for a signal handler", "");
  warn(unsampled.closed, "the program closed the file of the perf event",
       "; use --cpuprofileclock=thread");
  if (is_taken_ && at < end) {
    std::snprintf(at, static_cast<size_t>(end - at),
                  "%sthe program took the signal SIGSTKFLT by a system call of "
                  "its own: nothing was sampled from then on",
                  at == warning_ ? "" : "; ");
  }
  std::snprintf(description_, sizeof(description_),
                "cpu: %" PRId64
                " samples per CPU second and thread asked; %s%s%s",
                sampling->rate, NameOf(sampling->clock),
                warning_[0] == '\0' ? "" : "; ", warning_);
}

}  // namespace

Collector* TheCpuCollector() {
  static NeverDestroyed<CpuCollector> collector;
  return &*collector;
}

}  // namespace bench_profiler
