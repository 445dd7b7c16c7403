// The format of google/pprof, which its proto/profile.proto and proto/README.md
// describe.
//
//   std::string bytes = ToPprof(profile);
#ifndef BENCH_PROFILER_FORMATS_PPROF_H_
#define BENCH_PROFILER_FORMATS_PPROF_H_

#include <string>

#include "bench_profiler/profile/profile.h"

namespace bench_profiler {

// Returns the gzipped profile. Samples with the same stack and labels are added
// up. It only has locations, functions and strings that are in use, in an order
// that depends on nothing but the samples. Throws std::length_error if it is
// larger than the format allows.
std::string ToPprof(const Profile& profile);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_PPROF_H_
