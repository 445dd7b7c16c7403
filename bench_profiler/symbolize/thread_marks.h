// Makes spans of one thread's events: its regions with their runs and phases,
// its waits, and the labels that the program has set.
//
//   ThreadMarks marks(data, &thread);
//   for (const TraceEvent& event : events) marks.Add(event);
//   marks.Finish(end);     // all is closed and in order
//
//   BM_Sort/1000                   category benchmark, all of its runs
//     calibration                  category run
//     repetition 1
//       setup, timed, paused ...
//         wait for a lock
#ifndef BENCH_PROFILER_SYMBOLIZE_THREAD_MARKS_H_
#define BENCH_PROFILER_SYMBOLIZE_THREAD_MARKS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "bench_profiler/profile/trace.h"
#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/record/raw_trace.h"

namespace bench_profiler {

class ThreadMarks {
 public:
  ThreadMarks(const RawProfile& data, TraceThread* thread)
      : data_(data), thread_(thread) {}

  // Events in the order in which they were written.
  void Add(const TraceEvent& event);

  void Finish(int64_t end);

 private:
  void AddActivity(int64_t time, const TraceEvent::Activity& activity);
  void AddLabels(int64_t time, uint32_t set);
  void AddWait(const TraceEvent& event);
  void BeginRun(int64_t time, const TraceEvent::Activity& activity);
  void EndRun(int64_t time);
  void BeginPhase(int64_t time, Phase phase);
  void EndPhase(int64_t time);
  void EndRegion();
  TraceMark* Mark(int64_t time, TraceMark::Kind kind, const char* category,
                  const std::string& name);

  const RawProfile& data_;
  TraceThread* thread_;
  uint32_t run_ = 0;  // 0: in none
  uint64_t left_out_ = 0;
  Phase phase_;
  bool has_region_ = false;  // a span of it is open
  uint32_t region_ = 0;
  int64_t region_end_ = 0;  // when its last run has ended
  bool has_labels_ = false;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_THREAD_MARKS_H_
