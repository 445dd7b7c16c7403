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
  // The shared runtime of a sanitizer ("libasan.so.8") that the program is
  // linked with, or "". It has to be loaded before any other library.
  std::string sanitizer;
};

// Looks for `name` in PATH, unless there is a slash in it. Returns false if
// there is no such file. If the only one cannot be executed, returns true.
bool FindProgram(const std::string& name, std::string* path);

// Returns false, with one line in `error`, if the program cannot be executed,
// or if the loader would not preload a library into it. If it is a script, both
// are checked for its interpreter.
bool CheckPreloadable(ProgramFile* program, std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_PROGRAM_FILE_H_
