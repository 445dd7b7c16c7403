#include "bench_profiler/record/trace_activity.h"

#include "bench_profiler/record/trace_log.h"
#include "bench_profiler/region.h"

namespace bench_profiler {
namespace {

constexpr int64_t kShortPauseNanos = 10 * 1000;

// A pause that has begun, of which nobody knows yet how long it will be. In
// initial-exec TLS, by a compiler option of this library.
struct Pause {
  uint32_t trace = 0;     // TraceNumber(): of another one, this does not count
  int64_t start = 0;      // 0: there is none
  uint64_t measured = 0;  // the activity that was paused
  uint64_t left_out = 0;  // pauses since the last event
};
thread_local Pause pause;

void Add(int64_t time, uint64_t activity) {
  TraceEvent event = ActivityEvent(activity);
  event.time = time;
  event.activity.left_out = pause.left_out;
  pause.left_out = 0;
  AddTraceEvent(event);
}

bool IsPause(uint64_t before, uint64_t after) {
  const Activity from = Activity::Unpack(before);
  const Activity to = Activity::Unpack(after);
  return from.run == to.run && from.phase.is_measured() &&
         !to.phase.is_measured();
}

}  // namespace

TraceEvent ActivityEvent(uint64_t word) {
  const Activity activity = Activity::Unpack(word);
  TraceEvent event;
  event.kind = TraceEvent::kActivity;
  event.activity = {activity.run, activity.thread, activity.phase.byte(), 0};
  return event;
}

void TraceActivity(uint64_t before, uint64_t after) {
  const int64_t now = TraceTime();
  const uint32_t trace = TraceNumber();
  if (pause.trace != trace) pause = {trace, 0, 0, 0};
  if (pause.start != 0) {
    const int64_t start = pause.start;
    pause.start = 0;
    if (after == pause.measured && now - start < kShortPauseNanos) {
      ++pause.left_out;
      return;
    }
    Add(start, before);
  }
  if (after != 0 && IsPause(before, after)) {
    pause.start = now;
    pause.measured = before;
  } else {
    Add(now, after);
  }
}

}  // namespace bench_profiler
