// Reads a profile in a folder that anybody may have made.
//
//   ParsedProfile profile;
//   std::string error;
//   if (!ReadPprofFile("cpu.prof.d/BM_Sort.prof", &profile, &error)) {
//     // "cpu.prof.d/BM_Sort.prof: it is empty"
#ifndef BENCH_PROFILER_FORMATS_PARSED_PPROF_FILE_H_
#define BENCH_PROFILER_FORMATS_PARSED_PPROF_FILE_H_

#include <string>

#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

// Only regular files: a pipe might never end. Returns false, with one line in
// `error`, if it cannot be read or is no profile.
bool ReadPprofFile(const std::string& path, ParsedProfile* profile,
                   std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_PARSED_PPROF_FILE_H_
