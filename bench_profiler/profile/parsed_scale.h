// Multiplies all values of a profile.
//
//   ScaleValues(-1, &base);     // what is subtracted is added with a minus
//   Normalize(base, &profile);  // as large as the base, for each type
#ifndef BENCH_PROFILER_PROFILE_PARSED_SCALE_H_
#define BENCH_PROFILER_PROFILE_PARSED_SCALE_H_

#include <vector>

#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

// Values are rounded. As in Go, samples of which nothing is left are dropped,
// where only the values count whose ratio is not 1.
void ScaleValues(double ratio, ParsedProfile* profile);

// One ratio for each type of values.
void ScaleValues(const std::vector<double>& ratios, ParsedProfile* profile);

// Makes the sums of the values those of the base, which has the same types.
void Normalize(const ParsedProfile& base, ParsedProfile* profile);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PROFILE_PARSED_SCALE_H_
