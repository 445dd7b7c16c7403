// Names files that are no profile.proto but that somebody may well hand over as
// a profile, and says what to do with them.
//
//   std::string text = DescribeForeign("heap profile: 1: 2 [3: 4] @ heap/8");
//   // "a profile in a text form (...): ..."
#ifndef BENCH_PROFILER_FORMATS_PARSED_FOREIGN_H_
#define BENCH_PROFILER_FORMATS_PARSED_FOREIGN_H_

#include <string>
#include <string_view>

namespace bench_profiler {

// Returns one line, or "" for a file that is not known.
std::string DescribeForeign(std::string_view bytes);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_PARSED_FOREIGN_H_
