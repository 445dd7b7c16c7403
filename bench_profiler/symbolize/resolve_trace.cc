#include "bench_profiler/symbolize/resolve_trace.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "bench_profiler/record/raw_trace.h"
#include "bench_profiler/symbolize/thread_marks.h"

namespace bench_profiler {
namespace {

class TraceResolver {
 public:
  TraceResolver(const RawProfile& data, const ResolvedCode& resolved)
      : data_(data), raw_(*data.trace) {
    trace_.code = resolved.code;
  }

  Trace Resolve() {
    trace_.process = raw_.process;
    trace_.pid = raw_.pid;
    trace_.start = raw_.start;
    trace_.end = raw_.end;
    trace_.start_since_epoch = raw_.start_since_epoch;
    trace_.sample_period = raw_.sample_period;
    trace_.remark = raw_.remark;
    AddSamples();
    AddThreads();
    AddCounters();
    return std::move(trace_);
  }

 private:
  bool IsInTrace(int64_t time) const {
    return time >= raw_.start && time <= raw_.end;
  }

  void AddSamples() {
    trace_.samples.reserve(raw_.samples.size);
    for (const TimedSample& sample : raw_.samples) {
      if (!IsInTrace(sample.time)) continue;
      Thread(sample.tid);
      trace_.samples.push_back(
          {sample.time, sample.nanos, sample.tid, sample.stack});
    }
    std::stable_sort(trace_.samples.begin(), trace_.samples.end(),
                     [](const TraceSample& a, const TraceSample& b) {
                       return a.time < b.time;
                     });
  }

  void AddThreads() {
    std::map<int32_t, std::vector<TraceEvent>> events;
    for (const TraceEvent& event : raw_.events) {
      // A thread may still be writing its last one.
      const uint32_t kind = __atomic_load_n(&event.kind, __ATOMIC_ACQUIRE);
      if (kind == TraceEvent::kNone || kind == TraceEvent::kCounters) continue;
      // A wait may have begun before the trace.
      if (event.time < raw_.start && kind != TraceEvent::kWait) continue;
      events[event.tid].push_back(event);
    }
    for (auto& [tid, list] : events) {
      TraceThread* thread = Thread(tid);
      ThreadMarks marks(data_, thread);
      for (TraceEvent& event : list) {
        event.time = std::clamp(event.time, raw_.start, raw_.end);
        Name(event, thread);
        marks.Add(event);
      }
      marks.Finish(raw_.end);
    }
    for (auto& [tid, thread] : threads_) {
      trace_.threads.push_back(std::move(thread));
    }
  }

  // The last one that is known.
  static void Name(const TraceEvent& event, TraceThread* thread) {
    if (event.kind != TraceEvent::kThread &&
        event.kind != TraceEvent::kThreadStart &&
        event.kind != TraceEvent::kThreadEnd) {
      return;
    }
    const std::string name(event.name, strnlen(event.name, sizeof(event.name)));
    if (!name.empty()) thread->name = name;
  }

  TraceThread* Thread(int32_t tid) {
    TraceThread* thread = &threads_[tid];
    thread->tid = tid;
    return thread;
  }

  void AddCounter(const char* name, bool is_bytes,
                  int64_t TraceEvent::Counters::*value) {
    TraceCounter counter;
    counter.name = name;
    counter.is_bytes = is_bytes;
    for (const TraceEvent& event : raw_.events) {
      const uint32_t kind = __atomic_load_n(&event.kind, __ATOMIC_ACQUIRE);
      if (kind != TraceEvent::kCounters || !IsInTrace(event.time)) continue;
      const int64_t now = event.counters.*value;
      if (now == TraceEvent::Counters::kUnknown) continue;
      counter.points.push_back({event.time, now});
    }
    if (!counter.points.empty()) trace_.counters.push_back(counter);
  }

  void AddCounters() {
    using Counters = TraceEvent::Counters;
    AddCounter("heap in use (estimate)", true, &Counters::heap_bytes);
    AddCounter("allocations (estimate)", false, &Counters::allocations);
    AddCounter("threads", false, &Counters::threads);
    TraceCounter lost;
    lost.name = "lost events and samples";
    lost.points = {{raw_.start, 0},
                   {raw_.end, static_cast<int64_t>(raw_.lost)}};
    trace_.counters.push_back(lost);
  }

  const RawProfile& data_;
  const RawTrace& raw_;
  std::map<int32_t, TraceThread> threads_;
  Trace trace_;
};

}  // namespace

Trace ResolveTrace(const RawProfile& data, const ResolvedCode& resolved) {
  return TraceResolver(data, resolved).Resolve();
}

}  // namespace bench_profiler
