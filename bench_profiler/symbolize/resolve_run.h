// The profiles of a run of benchmarks or tests, or of other regions.
//
//   RunProfiles run = ResolveRun(data, data.profiles[0], resolved);
//
// The profile of the whole run has every sample, with the labels of
// row_labels.h. The profile of a region has what the measured phases of its
// measured runs cost, which for a benchmark is the timed loop.
#ifndef BENCH_PROFILER_SYMBOLIZE_RESOLVE_RUN_H_
#define BENCH_PROFILER_SYMBOLIZE_RESOLVE_RUN_H_

#include "bench_profiler/profile/run_profiles.h"
#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/symbolize/resolve_code.h"

namespace bench_profiler {

RunProfiles ResolveRun(const RawProfile& data, const ProfileData& raw,
                       const ResolvedCode& resolved);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_RESOLVE_RUN_H_
