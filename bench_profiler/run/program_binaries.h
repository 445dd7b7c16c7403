// The files of the running program: its executable and its libraries.
//
//   if (IsProgramBinary("/home/me/bench")) ...   // is not to be overwritten
#ifndef BENCH_PROFILER_RUN_PROGRAM_BINARIES_H_
#define BENCH_PROFILER_RUN_PROGRAM_BINARIES_H_

#include <string>

namespace bench_profiler {

// Returns whether `path`, by any name or link, is the program's executable or
// one of the libraries that are loaded now. Takes the loader's lock.
bool IsProgramBinary(const std::string& path);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RUN_PROGRAM_BINARIES_H_
