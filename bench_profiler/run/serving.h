// --profile_http: serves profiles over HTTP while the program runs.
//
//   ServeProfiles(options);
#ifndef BENCH_PROFILER_RUN_SERVING_H_
#define BENCH_PROFILER_RUN_SERVING_H_

#include "bench_profiler/run/options.h"

namespace bench_profiler {

// Starts the server, if it was asked for, and says where it is. As in Go, the
// heap is sampled from now on, and the block and mutex profiles are on if their
// rates were given. If it cannot serve, it says why, and the program goes on.
// A process that was followed serves nothing: its parent has the port.
void ServeProfiles(const Options& options);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RUN_SERVING_H_
