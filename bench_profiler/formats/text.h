// The texts of Go's runtime/pprof, as its Profile.WriteTo prints them for
// debug=1. People read them, and so does `go tool pprof`.
//
//   std::string text = ToText(profile);   // "" if its kind has none
//
//   myapp.files profile: total 3
//   3 @ 0x401136 0x401150
//   # labels: {"user":"7"}
//   #       0x401135        Open+0x15       file.cc:7
//
// Different from Go's: the numbers of a heap profile are estimates of all
// blocks, not of those that were sampled, so that its rate is 1 ("heap/2"); and
// no statistics of the allocator come after them.
#ifndef BENCH_PROFILER_FORMATS_TEXT_H_
#define BENCH_PROFILER_FORMATS_TEXT_H_

#include <string>

#include "bench_profiler/profile/profile.h"

namespace bench_profiler {

std::string ToText(const Profile& profile);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_TEXT_H_
