// What a trace has seen, as the core hands it to the exporter: plain data, as
// in raw_profile.h.
//
//   RawTrace trace;
//   trace.events = ...;       // what threads did, and when
//   trace.samples = ...;      // of the CPU, each with its time
//   data.trace = &trace;      // RawProfile has the stacks, labels and names
//
// All times are nanoseconds of CLOCK_MONOTONIC.
#ifndef BENCH_PROFILER_RECORD_RAW_TRACE_H_
#define BENCH_PROFILER_RECORD_RAW_TRACE_H_

#include <cstdint>

#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

// A sample of a stream, where and when it was taken.
struct TimedSample {
  int64_t time = 0;
  int64_t nanos = 0;  // of CPU time, for which it stands
  int32_t tid = 0;
  uint32_t stack = 0;  // index into RawProfile::stacks
};

// What happened in a thread. `values` is read by the kind.
struct TraceEvent {
  enum Kind : uint32_t {
    kNone,         // not written, or just being written
    kThread,       // a thread is there; its name is in `name`
    kThreadStart,  // a thread begins
    kThreadEnd,    // a thread ends; its name is in `name`
    kActivity,     // from now on it is at work on...
    kLabels,       // from now on it has these labels
    kWait,         // it has waited since `time`
    kUnlock,       // it unlocks what others wait for
    kCounters,     // of the process
  };
  struct Activity {
    uint32_t run;       // index into RawProfile::runs; 0: nothing
    uint16_t thread;    // as SampleRow::thread
    uint8_t phase;      // Phase::byte
    uint64_t left_out;  // pauses since the last one, too short to be recorded
  };
  struct Labels {
    uint32_t set;  // index into RawProfile::label_sets
  };
  struct Wait {
    int64_t end;
    uint64_t lock;     // its address; 0: another kind of wait
    int64_t unlocked;  // `time` of the kUnlock that ended it; 0: unknown
  };
  struct Unlock {
    uint64_t lock;
  };
  struct Counters {
    static constexpr int64_t kUnknown = INT64_MIN;
    int64_t heap_bytes;   // in use
    int64_t allocations;  // so far
    int64_t threads;
  };

  uint32_t kind = kNone;
  int32_t tid = 0;
  int64_t time = 0;
  union {
    char name[16];
    Activity activity;
    Labels labels;
    Wait wait;
    Unlock unlock;
    Counters counters;
    uint64_t words[3] = {};
  };
};

struct RawTrace {
  const char* path = "";     // where to write it; "": not to a file
  const char* process = "";  // the program's name
  int32_t pid = 0;
  int64_t start = 0;
  int64_t end = 0;
  int64_t start_since_epoch = 0;  // `start`, by the clock on the wall
  int64_t sample_period = 0;      // nanoseconds of CPU time
  ArrayView<TraceEvent> events;   // as they were written
  ArrayView<TimedSample> samples;
  const char* remark = "";  // on what could not be traced; "": all could be
  uint64_t lost = 0;        // events and samples for which there was no room
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RECORD_RAW_TRACE_H_
