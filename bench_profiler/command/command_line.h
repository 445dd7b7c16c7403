// What stands behind a command's name: options, in any order, and arguments.
//
//   CommandLine line;
//   Outcome outcome = ParseCommandLine(kReportOptions, {"-cum", "cpu.prof"},
//                                      &line);
//   line.report.cumulative;  // true
//   line.arguments;          // {"cpu.prof"}
#ifndef BENCH_PROFILER_COMMAND_COMMAND_LINE_H_
#define BENCH_PROFILER_COMMAND_COMMAND_LINE_H_

#include <string>
#include <vector>

#include "bench_profiler/command/outcome.h"
#include "bench_profiler/report/options.h"

namespace bench_profiler {

struct CommandLine {
  std::vector<std::string> arguments;
  ReportOptions report;

  // Where profiles come from.
  std::vector<std::string> base;       // subtracted
  std::vector<std::string> diff_base;  // subtracted, and what shares are of
  int seconds = -1;                    // how long a server measures
  int timeout = -1;                    // seconds to wait for a server

  // Where the result goes, and how it looks on a terminal.
  std::string output;          // "": standard output
  std::string color = "auto";  // or "always", "never"
  int width = -1;              // columns; 0: do not cut, -1: as the terminal is
  std::string format;          // that `convert` or `diff` writes
  std::string title;           // of a flame graph or a page
  bool help = false;

  // What is compared, and when a change is too large: diff and compare.
  double alpha = 0.05;                  // no option: compare/looks.h
  double min_effect = 2;                // percent; what is less is no change
  std::vector<std::string> fail_above;  // compare/gate.h
  bool strict = false;                  // undecided is an error
  int runs = -1;                        // of each program; -1: the default
  std::string max_time;                 // "90", "5m", "1h"; "": no limit
  bool until_decided = false;
  int seed = -1;       // of the order of runs; -1: any
  std::string folder;  // where what was run is kept; "": the command's default
  std::vector<std::string> profiling;  // flags of `bench_profiler run`

  // What is sent to a store of profiles.
  std::vector<std::string> labels;  // "branch=main"

  // How many of `arguments` stand before "--"; negative: there is none.
  int separator = -1;
};

// Reads `words`, which may have options of these groups (see option_table.h):
// -name=value, --name=value, --name value; for a switch -name or -name=false.
// "--" ends the options. "-" is an argument: standard input.
Outcome ParseCommandLine(unsigned groups, const std::vector<std::string>& words,
                         CommandLine* line);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_COMMAND_LINE_H_
