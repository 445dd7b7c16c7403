// Folded stacks, as flamegraph.pl, inferno, speedscope and Firefox Profiler
// read them: "main;Parse;malloc 17", a line for each stack, the root first.
//
//   std::string text = ToFolded(profile, options);
//
// Inlined functions are frames. Stacks that differ in labels or addresses alone
// are one line. In names, ";" becomes ":" and a line's end a space. Values may
// be negative, in a profile that another was subtracted from.
#ifndef BENCH_PROFILER_FORMATS_PARSED_FOLDED_H_
#define BENCH_PROFILER_FORMATS_PARSED_FOLDED_H_

#include <string>

#include "bench_profiler/formats/parsed_formats.h"
#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

// Throws std::length_error if it becomes larger than 512 MiB.
std::string ToFolded(const ParsedProfile& profile,
                     const ConversionOptions& options);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_PARSED_FOLDED_H_
