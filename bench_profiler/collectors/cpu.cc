// The CPU profile: each thread is interrupted every so much of its own CPU time
// and its stack is taken down.
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <ucontext.h>

#include <atomic>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <new>
#include <type_traits>

#include "bench_profiler/activity.h"
#include "bench_profiler/collector.h"
#include "bench_profiler/collectors/cpu_threads.h"
#include "bench_profiler/kind.h"
#include "bench_profiler/platform/context.h"
#include "bench_profiler/platform/sample_signal.h"
#include "bench_profiler/stack/loaded_object.h"
#include "bench_profiler/stack/stack_bounds.h"

namespace bench_profiler {
namespace {

constexpr int64_t kNanosPerSecond = 1000000000;

// All of this is read by signal handlers, which may come late: it is never
// destroyed.
struct Sampling {
  std::atomic<bool> running{false};
  SampleClock clock = SampleClock::kThread;
  int signal = 0;
  int64_t rate = 0;
  int64_t period_ns = 0;
  CpuThreads threads;
};
Sampling& TheSampling() {
  alignas(Sampling) static char storage[sizeof(Sampling)];
  static Sampling* sampling = new (storage) Sampling;
  return *sampling;
}
// Set before the first signal can come: a handler must not run the guard of the
// static above.
Sampling* sampling = nullptr;

// In the handler.
void Sample(CpuThread* thread, int64_t periods, const ucontext_t& context) {
  // After Stop, late signals do nothing.
  if (!sampling->running.load(std::memory_order_relaxed)) return;
  int64_t value = periods * sampling->period_ns;
  if (sampling->clock == SampleClock::kTaskClock) {
    // The event is not counted in kernel mode, but the thread's clock is:
    // clock_gettime is async-signal-safe (POSIX).
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
  sample->depth = static_cast<uint32_t>(trace.depth);
  sample->truncated = trace.truncated ? 1 : 0;
  thread->buffer.Commit(sample);  // an atomic store
}

void OnSignal(int, siginfo_t* info, void* context) {
  // The saved errno is all that the interrupted code could notice.
  const int saved_errno = errno;
  const SampleTimer::Event event =
      SampleTimer::Expiry(*info);  // an atomic read
  if (event.cookie != nullptr) {
    Sample(static_cast<CpuThread*>(event.cookie), event.periods,
           *static_cast<const ucontext_t*>(context));
  }
  errno = saved_errno;
}

// A fork that a signal interrupts starts again (ERESTARTNOINTR), and copying
// much memory takes longer than the time between two signals: it would never
// end.
thread_local std::aligned_storage_t<sizeof(SampleSignalBlock)> fork_block;

void BlockAroundFork() {
  new (&fork_block) SampleSignalBlock(sampling->signal);
}

void UnblockAfterFork() {
  reinterpret_cast<SampleSignalBlock*>(&fork_block)->~SampleSignalBlock();
}

class CpuCollector : public Collector {
 public:
  bool Start(const CollectorOptions& options, char* error,
             size_t error_size) override;
  void Stop() override;
  void FindThreads() override { sampling->threads.EnrollNew(); }
  void Drain(SampleSink* sink) override;
  const char* Description() const override { return description_; }
  int64_t Period() const override { return sampling->period_ns; }
  uint64_t Lost() const override { return sampling->threads.Lost(); }

 private:
  void Describe();

  char description_[256] = "";
};

bool CpuCollector::Start(const CollectorOptions& options, char* error,
                         size_t error_size) {
  error[0] = '\0';
  UpdateLoadedObjects();
  // Its runtime holds signals back and delivers them elsewhere, with a context
  // whose stack has long changed.
  if (dlsym(RTLD_DEFAULT, "__tsan_init") != nullptr) {
    std::snprintf(error, error_size,
                  "a program under ThreadSanitizer cannot be sampled; build it "
                  "without -fsanitize=thread");
    return false;
  }
  sampling = &TheSampling();
  sampling->rate = options.rate;
  sampling->period_ns = kNanosPerSecond / options.rate;
  sampling->clock =
      options.choice == 0 ? SampleClock::kThread : SampleClock::kTaskClock;
  sampling->signal = FindFreeSignal();
  if (sampling->signal == 0 ||
      InstallSampleHandler(sampling->signal, OnSignal) != 0) {
    std::snprintf(error, error_size,
                  "the program handles both SIGSTKFLT and SIGPROF itself; one "
                  "of them must be free");
    return false;
  }
  CpuThreads& threads = sampling->threads;
  sampling->running.store(true);
  threads.Configure(sampling->clock, sampling->signal, sampling->period_ns);
  int timer_error = threads.EnrollAll();
  if (timer_error != 0 && sampling->clock == SampleClock::kTaskClock) {
    std::snprintf(error, error_size,
                  "task-clock is not permitted here (%s); using "
                  "--cpuprofileclock=thread",
                  std::strerror(timer_error));
    sampling->clock = SampleClock::kThread;
    threads.Configure(sampling->clock, sampling->signal, sampling->period_ns);
    timer_error = threads.EnrollAll();
  }
  if (timer_error != 0) {
    std::snprintf(error, error_size, "no CPU timer can be made (%s)%s",
                  std::strerror(timer_error),
                  timer_error == EAGAIN
                      ? "; raise the limit of pending signals: ulimit -i"
                      : "");
    Stop();
    return false;
  }
  SetThreadObserver(&threads);
  pthread_atfork(BlockAroundFork, UnblockAfterFork, UnblockAfterFork);
  Describe();
  return true;
}

void CpuCollector::Stop() {
  if (sampling == nullptr || !sampling->running.exchange(false)) return;
  SetThreadObserver(nullptr);
  sampling->threads.DismissAll();
  IgnoreSampleSignal(sampling->signal);
}

void CpuCollector::Drain(SampleSink* sink) {
  sampling->threads.Drain([sink](const RawSample& sample) {
    SampleRow row;
    row.stack =
        sink->Stack(sample.addresses(), sample.depth, sample.truncated != 0);
    row.samples = row.values[0] = 1;
    row.values[1] = sample.value;
    sink->Add(sample.activity, row);
  });
  Describe();
}

void CpuCollector::Describe() {
  const int size = std::snprintf(
      description_, sizeof(description_),
      "cpu: %" PRId64 " samples per CPU second and thread asked; %s",
      sampling->rate,
      sampling->clock == SampleClock::kThread
          ? "thread CPU timers: no more interrupts than kernel ticks, each "
            "weighted with the periods it stands for"
          : "perf_event task-clock, user mode");
  const CpuThreads& threads = sampling->threads;
  if (threads.without_timer() > 0 && size > 0) {
    const auto at = static_cast<size_t>(size);
    std::snprintf(description_ + at, sizeof(description_) - at,
                  "; %" PRIu64 " threads not sampled: no timer (%s)",
                  threads.without_timer(),
                  std::strerror(threads.timer_error()));
  }
}

}  // namespace

Kind CpuKind() {
  Kind kind;
  kind.name = "cpu";
  kind.flag = "cpuprofile";
  kind.help = "write a CPU profile of the run, and one of each benchmark";
  kind.rate_flag = "cpuprofilerate";
  kind.rate_unit = "HZ";
  kind.rate_help = "CPU samples asked per CPU second and thread";
  kind.rate_meaning = "samples per CPU second";
  kind.default_rate = 1000;
  kind.max_rate = 10000;
  kind.choice.flag = "cpuprofileclock";
  kind.choice.help =
      "what interrupts: thread CPU timers, bound to the kernel's tick but free "
      "of cost, or perf's task-clock, exact at a cost";
  kind.choice.values[0] = "thread";
  kind.choice.values[1] = "task-clock";
  kind.value_types[0] = {"samples", "count"};
  kind.value_types[1] = {"cpu", "nanoseconds"};
  kind.num_value_types = 2;
  kind.default_value_type = "cpu";
  kind.default_benchmark_value_type = "cpu";
  kind.period_type = {"cpu", "nanoseconds"};
  kind.collector = []() -> Collector* {
    static CpuCollector* collector = new CpuCollector;
    return collector;
  };
  return kind;
}

}  // namespace bench_profiler
