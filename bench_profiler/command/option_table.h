// The table of options: parsing, help, completion and the shell's assignments
// follow from it.
//
//   const OptionRow* row = FindOption("focus", kReportOptions);
//   std::string error;
//   SetOption(*row, "Parse.*", &line, &error);
//   GetOption(*row, line);  // "Parse.*"
#ifndef BENCH_PROFILER_COMMAND_OPTION_TABLE_H_
#define BENCH_PROFILER_COMMAND_OPTION_TABLE_H_

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bench_profiler/command/command_line.h"
#include "bench_profiler/report/options.h"

namespace bench_profiler {

// Which commands take an option. A command takes one or several groups.
enum OptionGroup : unsigned {
  kSampleOptions = 1u << 0,   // which samples, frames and values
  kReportOptions = 1u << 1,   // entries of a report
  kSourceOptions = 1u << 2,   // where profiles come from
  kOutputOptions = 1u << 3,   // where the result goes
  kDisplayOptions = 1u << 4,  // how text looks on a terminal
  kConvertOptions = 1u << 5,  // formats
  kTitleOptions = 1u << 6,    // pictures and pages
  kDiffOptions = 1u << 7,     // what a comparison says, and when it fails
  kRunsOptions = 1u << 8,     // what is run to be compared
  kFolderOptions = 1u << 9,   // what keeps what it ran
  kPushOptions = 1u << 10,    // what is sent to a store
  kFlagOptions = 1u << 11,    // the flags of `run` too, which have no rows
};

struct OptionRow {
  // An option that stands for a value of another one: -lines.
  using Shortcut = void (*)(CommandLine*);
  // An option that other tools know, and that changes nothing here.
  struct Ignored {};

  const char* name;
  const char* placeholder;  // of its value in help; nullptr: a switch
  const char* help;
  unsigned group;
  std::variant<bool ReportOptions::*, int ReportOptions::*,
               double ReportOptions::*, std::string ReportOptions::*,
               bool CommandLine::*, int CommandLine::*, double CommandLine::*,
               std::string CommandLine::*,
               std::vector<std::string> CommandLine::*, Shortcut, Ignored>
      target;
  // "auto|always|never": its only values; "": any.
  const char* choices = "";
};

const std::vector<OptionRow>& AllOptions();

// The option of one of these groups with this name; "-" and "_" in names are
// the same. Returns nullptr if there is none.
const OptionRow* FindOption(std::string_view name, unsigned groups);

// Returns false, with one line in `error`, if the value makes no sense.
bool SetOption(const OptionRow& row, const std::string& value,
               CommandLine* line, std::string* error);

// The value as text, "" for shortcuts.
std::string GetOption(const OptionRow& row, const CommandLine& line);

// Whether it takes no value: -cum.
inline bool IsSwitch(const OptionRow& row) {
  return row.placeholder == nullptr;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_OPTION_TABLE_H_
