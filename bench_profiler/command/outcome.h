// How a command ended: the exit status, and the line that says why.
//
//   Outcome Top(const CommandLine& line) {
//     if (line.arguments.empty()) return WrongUse("a FILE is missing");
//     return {};
//   }
#ifndef BENCH_PROFILER_COMMAND_OUTCOME_H_
#define BENCH_PROFILER_COMMAND_OUTCOME_H_

#include <string>
#include <utility>

namespace bench_profiler {

struct Outcome {
  bool ok() const { return status == 0; }

  int status = 0;
  std::string line;  // "": nothing to say, or it is said
};

// The input was good, but a report or a file could not be made of it.
inline Outcome Failed(std::string line) { return {1, std::move(line)}; }

// An option, an argument or a file that was given is wrong.
inline Outcome WrongUse(std::string line) { return {2, std::move(line)}; }

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_OUTCOME_H_
