// The format of https://www.speedscope.app, as of its file-format-schema.json.
//
//   std::string json = ToSpeedscope(profile, options);
//
// speedscope reads pprof's format, too, but loses inlined functions and frames
// without a name. A "sampled" profile for each type of values; functions with
// their file and the line where they begin, so that one function is one frame,
// wherever it is. Stacks that became cheaper than in a base are left out:
// speedscope takes none below 0.
#ifndef BENCH_PROFILER_FORMATS_PARSED_SPEEDSCOPE_H_
#define BENCH_PROFILER_FORMATS_PARSED_SPEEDSCOPE_H_

#include <string>

#include "bench_profiler/formats/parsed_formats.h"
#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

std::string ToSpeedscope(const ParsedProfile& profile,
                         const ConversionOptions& options);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_PARSED_SPEEDSCOPE_H_
