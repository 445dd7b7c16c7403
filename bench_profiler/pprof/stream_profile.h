// Profiles over a time, such as those of the CPU, and the trace: one of a kind
// at a time, from its start to its stop.
//
//   const StreamProfile& profile = CpuStreamProfile();
//   Error error = StartStreamProfile(profile, {100}, sink, owner);
//   error = StopStreamProfile(profile, owner);     // written here
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
  bool is_trace = false;   // `kind` is that of its samples
};

const StreamProfile& CpuStreamProfile();
const StreamProfile& WallStreamProfile();
const StreamProfile& TraceStream();

// `profile` must live as long as the process. Thread-safe. Returns an error if
// the profile cannot be started, or if one is running, whoever owns it. The
// program owns what it starts by the API, which is null; others, such as a
// request over HTTP, give any address of their own. One that the program owns
// and that goes to a path is written when the program ends.
Error StartStreamProfile(const StreamProfile& profile,
                         const CollectorOptions& options,
                         const pprof::internal::PlainSink& sink,
                         const void* owner);

// Does nothing if `owner` has none that is running.
Error StopStreamProfile(const StreamProfile& profile, const void* owner);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PPROF_STREAM_PROFILE_H_
