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
// There are two differences. The numbers of a heap profile are estimates for
// all blocks, where Go has the blocks that were sampled, so that the rate in
// its head is 1 ("heap/2"). And no statistics of the allocator follow.
#ifndef BENCH_PROFILER_FORMATS_TEXT_H_
#define BENCH_PROFILER_FORMATS_TEXT_H_

#include <string>

#include "bench_profiler/profile/profile.h"

namespace bench_profiler {

std::string ToText(const Profile& profile);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_TEXT_H_
