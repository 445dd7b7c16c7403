// Runs a program on a terminal of its own, as a person sees it.
//
//   TerminalResult result = RunOnTerminal({TOOL, "top", "cpu.prof"}, 80);
//   result.text;  // with \r\n at the ends of lines
#ifndef BENCH_PROFILER_TESTS_COMMAND_TERMINAL_H_
#define BENCH_PROFILER_TESTS_COMMAND_TERMINAL_H_

#include <string>
#include <vector>

namespace bench_profiler {

struct TerminalResult {
  int exit_code = -1;
  std::string text;
};

// Types `input`. The terminal is `columns` wide.
TerminalResult RunOnTerminal(const std::vector<std::string>& arguments,
                             unsigned short columns, const std::string& folder,
                             const std::string& input = "");

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_COMMAND_TERMINAL_H_
