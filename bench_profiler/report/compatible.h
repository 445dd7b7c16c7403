// Adds up profiles that do not have the same types of values, where that makes
// sense.
//
//   ProfileMerger merger;
//   for (ParsedProfile& profile : profiles) {
//     if (!AddCompatible(&profile, &merger, &error)) ...
//
// As pprof does: types that only one of them has are dropped, and a unit
// becomes the finer one, where one has milliseconds and the other nanoseconds.
#ifndef BENCH_PROFILER_REPORT_COMPATIBLE_H_
#define BENCH_PROFILER_REPORT_COMPATIBLE_H_

#include <string>

#include "bench_profiler/profile/parsed_merge.h"
#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

// Returns false, and one line in `error`, if they have no type in common, or
// units of different things. `profile` may be changed.
bool AddCompatible(ParsedProfile* profile, ProfileMerger* merger,
                   std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_COMPATIBLE_H_
