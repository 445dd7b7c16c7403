// Writes a profile that was read, and maybe changed, as a gzipped
// profile.proto.
//
//   std::string bytes = WritePprof(Compact(profile));
//
// All that the profile has is written, in its order, with ids from 1 on. What
// is read and written again is equal, but for ids and the order of strings.
// Texts become UTF-8 if they are none, so that every reader takes the file.
#ifndef BENCH_PROFILER_FORMATS_PARSED_PPROF_WRITER_H_
#define BENCH_PROFILER_FORMATS_PARSED_PPROF_WRITER_H_

#include <string>

#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

// Throws std::length_error if it is larger than the format allows.
std::string WritePprof(const ParsedProfile& profile);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_PARSED_PPROF_WRITER_H_
