// Remarks on the quality of the profiles of benchmarks and tests, for standard
// error, in lines of at most 160 characters: "fewer than 100 samples: BM_Sort/8
// (3), ...".
#ifndef BENCH_PROFILER_EXPORT_REMARKS_H_
#define BENCH_PROFILER_EXPORT_REMARKS_H_

#include <string>
#include <vector>

#include "bench_profiler/profile/profile.h"
#include "bench_profiler/profile/run_profiles.h"
#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

// Names those with few samples; "" if there are none.
std::string FewSamplesRemark(const RawProfile& data, const ProfileData& profile,
                             const std::vector<RegionProfile>& regions);

// Names the benchmarks for which the framework's console and the profile have
// different CPU times, by more than noise; "" if there are none.
std::string ConsoleTimeRemark(const RawProfile& data,
                              const ProfileData& profile,
                              const std::vector<RegionProfile>& regions);

// Returns whether RawProfile::shows_a_region is true for a function in any
// stack.
bool AStackShowsARegion(const RawProfile& data, const Code& code);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_EXPORT_REMARKS_H_
