// One line of the shell: an assignment that lasts, or a report.
//
//   ShellRequest request;
//   std::string error = ParseShellReport({"top", "5", "Parse", "-Json"}, line,
//                                        &request);
//   request.name;                    // "top"
//   request.line.report.node_count;  // 5
//   request.line.report.focus;       // "Parse"
//   request.line.report.ignore;      // "Json"
#ifndef BENCH_PROFILER_COMMAND_SHELL_LINE_H_
#define BENCH_PROFILER_COMMAND_SHELL_LINE_H_

#include <string>
#include <vector>

#include "bench_profiler/command/command_line.h"
#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

struct ShellRequest {
  std::string name;  // of a report
  std::string pattern;
  CommandLine line;  // the options for this report alone
};

// Returns "", or what is wrong. `words` is not empty.
std::string ParseShellReport(const std::vector<std::string>& words,
                             const CommandLine& line, ShellRequest* request);

// Whether `text` is an assignment, such as "focus=Parse" or "cum". If it is one
// that makes no sense, `error` says so, and nothing is changed.
bool ParseAssignment(const std::string& text, const ParsedProfile& profile,
                     CommandLine* line, std::string* error);

// What one line may stand for: ":" for "focus=", "ignore=" and so on; a type of
// value for "sample_index=TYPE".
std::vector<std::string> ExpandShortcut(const std::string& text,
                                        const ParsedProfile& profile);

// The options and their values, one a line.
std::string ShownOptions(const CommandLine& line, const ParsedProfile& profile);

// Words with blanks between them.
std::vector<std::string> SplitWords(const std::string& text);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_SHELL_LINE_H_
