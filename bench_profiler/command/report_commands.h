// The commands that print a report of report/reports.h: top, tree, list and so
// on.
#ifndef BENCH_PROFILER_COMMAND_REPORT_COMMANDS_H_
#define BENCH_PROFILER_COMMAND_REPORT_COMMANDS_H_

#include <string>

#include "bench_profiler/command/command_line.h"
#include "bench_profiler/command/commands.h"
#include "bench_profiler/command/outcome.h"
#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

// The report that is named as the command is. Of those that need one, the first
// argument is a regular expression.
Outcome ReportCommand(const Command& command, const CommandLine& line);

// A report of a profile that has been read. Its warnings go to standard error.
Outcome MakeText(const char* name, const CommandLine& line,
                 const std::string& pattern, ParsedProfile profile,
                 std::string* text);

// The same, written as the line says.
Outcome WriteTextReport(const char* name, const CommandLine& line,
                        const std::string& pattern, ParsedProfile profile);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_REPORT_COMMANDS_H_
