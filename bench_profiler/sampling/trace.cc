#include "bench_profiler/sampling/trace.h"

#include <errno.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstring>

#include "bench_profiler/platform/fork_events.h"
#include "bench_profiler/platform/never_destroyed.h"
#include "bench_profiler/platform/own_threads.h"
#include "bench_profiler/platform/thread_events.h"
#include "bench_profiler/platform/thread_sanitizer.h"
#include "bench_profiler/platform/thread_state.h"
#include "bench_profiler/record/label_sets.h"
#include "bench_profiler/record/observed_thread.h"
#include "bench_profiler/record/trace_activity.h"
#include "bench_profiler/record/trace_counters.h"
#include "bench_profiler/record/trace_log.h"

namespace bench_profiler {
namespace {

// The process whose trace is running. 0: none is.
std::atomic<pid_t> traced_process{0};

// Of the trace that is running or that was the last one.
int64_t start_nanos = 0;
int64_t start_since_epoch = 0;
int64_t end_nanos = 0;  // 0: it is running
pid_t process = 0;

class Threads : public ThreadObserver {
 public:
  void OnThreadStart(const NewThread&) override {
    Note(TraceEvent::kThreadStart);
    // It has those of the thread that made it.
    if (CurrentLabels() != 0) AddTraceLabels(0, CurrentLabels());
  }
  void OnThreadExit() override { Note(TraceEvent::kThreadEnd); }

 private:
  static void Note(TraceEvent::Kind kind) {
    if (!Tracing()) return;
    TraceEvent event;
    event.kind = kind;
    prctl(PR_GET_NAME, event.name);
    AddTraceEvent(event);
    TraceCounters();
  }
};

Threads* TheThreads() {
  static NeverDestroyed<Threads> threads;
  return &*threads;
}

void NoteName(pid_t tid, void*) {
  if (IsOwnThread(tid)) return;
  TraceEvent event;
  event.kind = TraceEvent::kThread;
  event.tid = tid;
  ReadThreadName(tid, event.name);
  AddTraceEvent(event);
}

void NoteThread(pid_t tid, void*) {
  if (IsOwnThread(tid)) return;
  NoteName(tid, nullptr);
  if (const uint64_t activity = ActivityOfThread(tid)) {
    TraceEvent event = ActivityEvent(activity);
    event.tid = tid;
    AddTraceEvent(event);
  }
  if (const uint32_t labels = LabelsOfThread(tid)) AddTraceLabels(tid, labels);
}

int64_t NanosSinceEpoch() {
  timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  return time.tv_sec * int64_t{1000000000} + time.tv_nsec;
}

void ForgetInChild() {
  ForgetTraceInChild();
  RemoveThreadObserver(TheThreads());
  traced_process.store(0);
}
constexpr ForkHandlers kForkHandlers = {nullptr, nullptr, ForgetInChild};

}  // namespace

Error TraceInUse() { return Error::Format("tracing is already enabled"); }

Error StartTrace(SampleSet* set) {
  TheThreads();  // a forked child must not make it
  AddForkHandlers(&kForkHandlers);
  pid_t none = 0;
  if (!traced_process.compare_exchange_strong(none, getpid())) {
    return TraceInUse();
  }
  process = getpid();
  start_nanos = TraceTime();
  start_since_epoch = NanosSinceEpoch();
  end_nanos = 0;
  if (!StartTraceLog()) {
    traced_process.store(0);
    return Error::Format("no memory left");
  }
  set->KeepMoments();
  // ThreadSanitizer does not know a new thread yet when we are told of it, and
  // crashes in the functions that it stands in for, such as prctl.
  if (!IsUnderThreadSanitizer()) AddThreadObserver(TheThreads());
  ForEachThread(NoteThread, nullptr);
  TraceCountersNow();
  return Error();
}

void StopTrace() {
  RemoveThreadObserver(TheThreads());
  ForEachThread(NoteName, nullptr);  // as they are called by now
  TraceCountersNow();
  StopTraceLog();
  end_nanos = TraceTime();
}

void ReleaseTrace() { traced_process.store(0); }

void FillInTrace(const SampleSet& set, RawTrace* trace) {
  set.FillIn(trace);
  trace->process = program_invocation_short_name;
  trace->pid = process;
  trace->start = start_nanos;
  trace->end = end_nanos == 0 ? TraceTime() : end_nanos;
  trace->start_since_epoch = start_since_epoch;
  trace->events = TraceEvents();
  trace->lost += LostTraceEvents();
}

}  // namespace bench_profiler
