// The format of google/pprof: proto/profile.proto and its proto/README.md.
//
//   std::string bytes = ToPprof(profile);
#ifndef BENCH_PROFILER_FORMATS_PPROF_H_
#define BENCH_PROFILER_FORMATS_PPROF_H_

#include <string>

#include "bench_profiler/profile/profile.h"

namespace bench_profiler {

// The gzipped profile. Samples with the same stack and labels are one, and
// nothing but the locations, functions and strings in use is in it, in an order
// that depends on the samples alone. Throws std::length_error if it is larger
// than the format takes.
std::string ToPprof(const Profile& profile);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_PPROF_H_
