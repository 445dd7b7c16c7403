// Runs a program under valgrind's callgrind, which counts its instructions
// where the profiler in the program tells it to.
//
//   Valgrind valgrind;
//   valgrind.path = "/usr/bin/valgrind";
//   valgrind.library = "/usr/lib/libbench_profiler_preload.so";
//   valgrind.command = {"./bench", "--benchmark_filter=BM_Parse"};
//   if (!RunValgrind(valgrind, options, &result, &error)) ...
#ifndef BENCH_PROFILER_COMMAND_VALGRIND_H_
#define BENCH_PROFILER_COMMAND_VALGRIND_H_

#include <string>
#include <vector>

#include "bench_profiler/run/options.h"

namespace bench_profiler {

struct Valgrind {
  std::string path;
  std::string library;               // to preload
  std::vector<std::string> command;  // the program's path and its arguments
};

struct ValgrindResult {
  int status = 0;  // the program's
  int signal = 0;  // that ended the program; 0: none
};

// Waits until the program ends. Meanwhile it gets the signals that are meant to
// end this process. Returns false, with one line in `error`, if valgrind cannot
// be started.
bool RunValgrind(const Valgrind& valgrind, const Options& options,
                 ValgrindResult* result, std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_VALGRIND_H_
