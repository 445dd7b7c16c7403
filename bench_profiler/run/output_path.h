// Where a profile is written.
//
//   options.output_dir = "out";
//   options.file_suffix = "-shard-0-of-4";
//   OutputPath(options, "cpu.prof");   // /home/me/out/cpu-shard-0-of-4.prof
#ifndef BENCH_PROFILER_RUN_OUTPUT_PATH_H_
#define BENCH_PROFILER_RUN_OUTPUT_PATH_H_

#include <string>

#include "bench_profiler/run/options.h"

namespace bench_profiler {

// Returns the absolute path for `path`, as the user gave it, so that it stays
// right when the program changes its folder.
std::string OutputPath(const Options& options, const std::string& path);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RUN_OUTPUT_PATH_H_
