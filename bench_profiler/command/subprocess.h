// Runs another program, gives it input and takes its output.
//
//   SubprocessResult result;
//   if (!RunSubprocess({"dot", "-Tsvg"}, dot_text, nullptr, &result)) {
//     ...  // it is not installed
//   }
#ifndef BENCH_PROFILER_COMMAND_SUBPROCESS_H_
#define BENCH_PROFILER_COMMAND_SUBPROCESS_H_

#include <functional>
#include <string>
#include <vector>

namespace bench_profiler {

struct SubprocessResult {
  int exit_code = -1;  // -1: ended by a signal
  std::string out;
  std::string err;
};

// Looks for the program in PATH. Calls `waiting`, if there is one, several
// times a second. Returns false if the program cannot be started.
bool RunSubprocess(const std::vector<std::string>& command,
                   const std::string& input,
                   const std::function<void()>& waiting,
                   SubprocessResult* result);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_SUBPROCESS_H_
