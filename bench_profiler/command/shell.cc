#include "bench_profiler/command/shell.h"

#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "bench_profiler/command/option_table.h"
#include "bench_profiler/command/output.h"
#include "bench_profiler/command/report_commands.h"
#include "bench_profiler/command/shell_line.h"
#include "bench_profiler/command/sources.h"
#include "bench_profiler/profile/parsed_profile.h"
#include "bench_profiler/report/reports.h"

namespace bench_profiler {
namespace {

void Complain(const std::string& line) {
  if (!line.empty()) std::fprintf(stderr, "%s\n", line.c_str());
}

std::string ShellHelp() {
  std::string text =
      "REPORT [N] [REGEX...] [-REGEX...] [-cum] [> FILE]\n"
      "  N entries, of samples with one REGEX and none of -REGEX.\n\n";
  for (const Report& report : AllReports()) {
    char line[160];
    std::snprintf(
        line, sizeof(line), "  %-22s %s\n",
        (report.name + std::string(report.needs_pattern ? " REGEX" : ""))
            .c_str(),
        report.help);
    text += line;
  }
  return text +
         "\n"
         "  NAME=VALUE             set an option for what follows\n"
         "  o, options             show all options\n"
         "  :                      clear focus, ignore, hide, tagfocus, "
         "tagignore\n"
         "  TYPE                   show this type of value: "
         "sample_index=TYPE\n"
         "  help NAME              of a report or an option\n"
         "  q, quit, exit          the end, as Ctrl-D\n";
}

std::string HelpOn(const std::string& name) {
  if (const Report* const report = FindReport(name)) {
    return std::string(report->help) + "\n";
  }
  const OptionRow* const row =
      FindOption(name, kSampleOptions | kReportOptions);
  if (row != nullptr) return std::string(row->help) + "\n";
  return "there is no report and no option " + name + "\n";
}

class Shell {
 public:
  Shell(const CommandLine& line, ParsedProfile profile)
      : line_(line), profile_(std::move(profile)) {
    line_.report.compact_labels = true;
  }

  Outcome Run() {
    const bool is_terminal = isatty(STDIN_FILENO) == 1;
    if (is_terminal) {
      std::fputs("\"help\" lists commands, \"o\" options.\n", stderr);
    }
    for (std::string text; !is_over_;) {
      if (is_terminal) {
        std::fputs("(bench_profiler) ", stdout);
        std::fflush(stdout);
      }
      if (!std::getline(std::cin, text)) break;
      for (const std::string& part : ExpandShortcut(text, profile_)) {
        Do(part);
      }
    }
    // The shell's own prompt begins on a line of its own.
    if (is_terminal && !is_over_) std::puts("");
    return {};
  }

 private:
  void Do(const std::string& text) {
    const std::vector<std::string> words = SplitWords(text);
    if (words.empty()) return;
    std::string error;
    if (ParseAssignment(text, profile_, &line_, &error)) {
      Complain(error);
    } else if (words[0] == "o" || words[0] == "options") {
      Complain(WriteStandardOutput(ShownOptions(line_, profile_)).line);
    } else if (words[0] == "q" || words[0] == "quit" || words[0] == "exit") {
      is_over_ = true;
    } else if (words[0] == "help") {
      const std::string help =
          words.size() > 1 ? HelpOn(words[1]) : ShellHelp();
      Complain(WriteStandardOutput(help).line);
    } else {
      WriteOne(words);
    }
  }

  void WriteOne(const std::vector<std::string>& words) {
    ShellRequest request;
    const std::string error = ParseShellReport(words, line_, &request);
    if (!error.empty()) return Complain(error);
    Complain(WriteTextReport(request.name.c_str(), request.line,
                             request.pattern, profile_)
                 .line);
  }

  CommandLine line_;
  const ParsedProfile profile_;
  bool is_over_ = false;
};

}  // namespace

Outcome ShellCommand(const Command&, const CommandLine& line) {
  if (line.arguments.empty()) return WrongUse("a FILE is missing");
  for (const std::string& source : line.arguments) {
    if (source == "-") {
      return WrongUse("standard input is for commands, not for the profile");
    }
  }
  ParsedProfile profile;
  Outcome outcome = ReadSources(line, line.arguments, &profile);
  if (!outcome.ok()) return outcome;
  return Shell(line, std::move(profile)).Run();
}

}  // namespace bench_profiler
