// How the text of a report looks on a terminal: lines that are too long are
// cut, and what matters stands out. Elsewhere it is left as it is.
//
//   std::string shown = ForTerminal(text, LookOfOutput(line));
#ifndef BENCH_PROFILER_COMMAND_TERMINAL_TEXT_H_
#define BENCH_PROFILER_COMMAND_TERMINAL_TEXT_H_

#include <string>
#include <string_view>

#include "bench_profiler/command/command_line.h"

namespace bench_profiler {

struct TextLook {
  int width = 0;  // columns; 0: lines are not cut
  bool has_color = false;
};

// What the options say, or else what standard output is. Knows NO_COLOR.
TextLook LookOfOutput(const CommandLine& line);

// The color of a line as an escape sequence; nullptr: plain.
using LineColor = const char* (*)(std::string_view line);

// Of the reports of report/reports.h: heads, and functions that cost much.
const char* ReportColor(std::string_view line);

// Of comparisons: what is slower is red, what is faster green.
const char* ComparisonColor(std::string_view line);

std::string ForTerminal(const std::string& text, const TextLook& look,
                        LineColor color);

// A line with "?" for control characters: names in a file, or what a server
// says, could otherwise move a terminal's cursor or change its title.
std::string Printable(std::string line);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_TERMINAL_TEXT_H_
