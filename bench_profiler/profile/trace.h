// A trace that is complete in itself: what the threads of a process did, with
// all names. Formats are written from it.
//
//   for (const TraceThread& thread : trace.threads) {
//     for (const TraceMark& mark : thread.marks) ...   // ordered by time
//
// All times are nanoseconds of CLOCK_MONOTONIC.
#ifndef BENCH_PROFILER_PROFILE_TRACE_H_
#define BENCH_PROFILER_PROFILE_TRACE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "bench_profiler/profile/profile.h"

namespace bench_profiler {

// The begin or the end of a span, or a moment.
struct TraceMark {
  enum class Kind { kBegin, kEnd, kMoment };

  int64_t time = 0;
  Kind kind = Kind::kMoment;
  const char* category = "";  // lives as long as the process
  std::string name;           // of an end: ""
  std::vector<Label> notes;
  // An arrow leads from the mark that has a number here to the one that has the
  // same in `arrow_to`. 0: none.
  uint64_t arrow_from = 0;
  uint64_t arrow_to = 0;
};

struct TraceThread {
  int32_t tid = 0;
  std::string name;
  std::vector<TraceMark> marks;
  std::vector<TraceMark> label_marks;  // the labels that the program has set
};

struct TraceSample {
  int64_t time = 0;
  int64_t nanos = 0;  // of CPU time
  int32_t tid = 0;
  uint32_t frame = 0;  // index into Code::frames
};

struct TraceCounter {
  struct Point {
    int64_t time = 0;
    int64_t value = 0;
  };
  std::string name;
  bool is_bytes = false;
  std::vector<Point> points;
};

struct Trace {
  std::string process;
  int32_t pid = 0;
  int64_t start = 0;
  int64_t end = 0;
  int64_t start_since_epoch = 0;
  int64_t sample_period = 0;  // nanoseconds of CPU time
  std::string sample_type;    // of samples of something else: "alloc_space"
  std::string remark;         // on what could not be traced
  std::shared_ptr<const Code> code;
  std::vector<TraceThread> threads;
  std::vector<TraceSample> samples;  // ordered by time
  std::vector<TraceCounter> counters;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PROFILE_TRACE_H_
