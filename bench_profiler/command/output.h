// Where the result of a command goes: a file that appears whole or not at all,
// or standard output.
//
//   return WriteText(line, "      flat  flat% ...\n");
//   return WriteFileOrOutput(line, "cpu.svg", "<svg ...");
#ifndef BENCH_PROFILER_COMMAND_OUTPUT_H_
#define BENCH_PROFILER_COMMAND_OUTPUT_H_

#include <string>

#include "bench_profiler/command/command_line.h"
#include "bench_profiler/command/outcome.h"
#include "bench_profiler/command/terminal_text.h"

namespace bench_profiler {

// Writes to standard output what is to stay as it is: help, scripts.
Outcome WriteStandardOutput(const std::string& bytes);

// Writes a text for people: on a terminal with colours and cut to its width.
Outcome WriteText(const CommandLine& line, const std::string& text,
                  LineColor color = &ReportColor);

// Writes what is no text for people. If standard output is a terminal and the
// user named no file, writes to the file `name` and says so.
Outcome WriteFileOrOutput(const CommandLine& line, const std::string& name,
                          const std::string& bytes);

// The name for a result that is made of `source`: "cpu.svg" of "dir/cpu.prof"
// and ".svg", "profile.svg" of standard input or an address.
std::string ResultName(const std::string& source, const std::string& extension);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_OUTPUT_H_
