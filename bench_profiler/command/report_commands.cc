#include "bench_profiler/command/report_commands.h"

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/command/benchmark_folder.h"
#include "bench_profiler/command/output.h"
#include "bench_profiler/command/sources.h"
#include "bench_profiler/report/reports.h"

namespace bench_profiler {

Outcome MakeText(const char* name, const CommandLine& line,
                 const std::string& pattern, ParsedProfile profile,
                 std::string* text) {
  std::string error;
  std::vector<std::string> warnings;
  const bool is_made =
      MakeReport(*FindReport(name), std::move(profile), line.report, pattern,
                 text, &warnings, &error);
  for (const std::string& warning : warnings) {
    std::fprintf(stderr, "bench_profiler: %s\n", warning.c_str());
  }
  return is_made ? Outcome() : Failed(error);
}

Outcome WriteTextReport(const char* name, const CommandLine& line,
                        const std::string& pattern, ParsedProfile profile) {
  std::string text;
  Outcome outcome = MakeText(name, line, pattern, std::move(profile), &text);
  return outcome.ok() ? WriteText(line, text) : outcome;
}

Outcome ReportCommand(const Command& command, const CommandLine& line) {
  const bool has_pattern = FindReport(command.name)->needs_pattern;
  std::vector<std::string> sources = line.arguments;
  std::string pattern;
  if (has_pattern) {
    if (sources.empty()) return WrongUse("a REGEX and a FILE are missing");
    pattern = sources[0];
    sources.erase(sources.begin());
  }
  if (sources.empty()) return WrongUse("a FILE is missing");
  if (std::string(command.name) == "top" && sources.size() == 1 &&
      IsFolder(sources[0])) {
    return WriteBenchmarkBlocks(line, sources[0]);
  }
  ParsedProfile profile;
  Outcome outcome = ReadSources(line, sources, &profile);
  if (!outcome.ok()) return outcome;
  return WriteTextReport(command.name, line, pattern, std::move(profile));
}

}  // namespace bench_profiler
