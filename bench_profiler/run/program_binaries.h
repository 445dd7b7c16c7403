// The files that the running program consists of.
//
//   if (IsProgramBinary("/home/me/bench")) ...   // is not to be overwritten
#ifndef BENCH_PROFILER_RUN_PROGRAM_BINARIES_H_
#define BENCH_PROFILER_RUN_PROGRAM_BINARIES_H_

#include <string>

namespace bench_profiler {

// Whether `path` leads to the program's own file or to one of the libraries
// that are loaded now, by whatever name or link. Takes the loader's lock.
bool IsProgramBinary(const std::string& path);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RUN_PROGRAM_BINARIES_H_
