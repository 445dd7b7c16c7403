// Profiles over a time, such as those of the CPU: one of a kind at a time, from
// its start to its stop.
//
//   static const StreamProfile profile = {KindIndex("cpu"), "CPU",
//                                         "StopCpuProfile"};
//   Error error = StartStreamProfile(profile, {100}, sink);
//   error = StopStreamProfile(profile);            // written here
#ifndef BENCH_PROFILER_PPROF_STREAM_PROFILE_H_
#define BENCH_PROFILER_PPROF_STREAM_PROFILE_H_

#include <cstddef>

#include "bench_profiler/collectors/collector.h"
#include "bench_profiler/error.h"
#include "bench_profiler/sink.h"

namespace bench_profiler {

struct StreamProfile {
  size_t kind = 0;         // index into Kinds()
  const char* title = "";  // "CPU"
  const char* stop = "";   // the function that ends it
};

// `profile` must live as long as the process. Thread-safe. Returns an error if
// the profile cannot be started, or if one is running. One that goes to a path
// is written when the program ends.
Error StartStreamProfile(const StreamProfile& profile,
                         const CollectorOptions& options,
                         const pprof::internal::PlainSink& sink);

// Does nothing if none is running.
Error StopStreamProfile(const StreamProfile& profile);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PPROF_STREAM_PROFILE_H_
