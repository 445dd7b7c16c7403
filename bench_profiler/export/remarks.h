// Lines of at most 160 characters on what the profiles of benchmarks and tests
// are worth, for standard error: "fewer than 100 samples: BM_Sort/8 (3), ...".
#ifndef BENCH_PROFILER_EXPORT_REMARKS_H_
#define BENCH_PROFILER_EXPORT_REMARKS_H_

#include <string>
#include <vector>

#include "bench_profiler/profile/profile.h"
#include "bench_profiler/profile/run_profiles.h"
#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

// Names those whose profiles say little; "" if there are none.
std::string FewSamplesRemark(const RawProfile& data, const ProfileData& profile,
                             const std::vector<RegionProfile>& regions);

// Names the benchmarks whose CPU time is another one on the framework's console
// than in the profile, by more than noise; "" if there are none.
std::string ConsoleTimeRemark(const RawProfile& data,
                              const ProfileData& profile,
                              const std::vector<RegionProfile>& regions);

// Whether a function of which RawProfile::shows_a_region says so is in a stack.
bool AStackShowsARegion(const RawProfile& data, const Code& code);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_EXPORT_REMARKS_H_
