// The file of a program that somebody wants to run with a library preloaded.
//
//   ProgramFile program;
//   std::string error;
//   if (!FindProgram("my_bench", &program.path)) ...
//   if (!CheckPreloadable(&program, &error)) ...
#ifndef BENCH_PROFILER_COMMAND_PROGRAM_FILE_H_
#define BENCH_PROFILER_COMMAND_PROGRAM_FILE_H_

#include <string>

namespace bench_profiler {

struct ProgramFile {
  std::string path;
  // A sanitizer's shared runtime ("libasan.so.8") that it is linked with, which
  // has to be loaded before any other library; "" if there is none.
  std::string sanitizer;
};

// Looks for `name` in PATH, unless there is a slash in it. Returns false if
// there is no such file; one that cannot be executed is found.
bool FindProgram(const std::string& name, std::string* path);

// Returns false, with one line in `error`, if the program cannot be executed,
// or if the loader would not preload a library into it. Of a script, its
// interpreter counts.
bool CheckPreloadable(ProgramFile* program, std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_PROGRAM_FILE_H_
