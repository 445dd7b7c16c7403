// The table in the text of a comparison (text.h): rows of figures in columns,
// each with a name at its end.
//
//   ComparisonTable table(full_names);
//   table.AddHead();
//   table.Add(benchmark);
//   std::cout << table.text();
#ifndef BENCH_PROFILER_COMPARE_TEXT_TABLE_H_
#define BENCH_PROFILER_COMPARE_TEXT_TABLE_H_

#include <string>
#include <string_view>

#include "bench_profiler/compare/comparison.h"

namespace bench_profiler {

class ComparisonTable {
 public:
  explicit ComparisonTable(bool full_names) : full_names_(full_names) {}

  void AddHead();
  // With its functions and notes.
  void Add(const BenchmarkComparison& benchmark);
  // A row without figures.
  void AddLine(const std::string& name);

  const std::string& text() const { return text_; }

 private:
  void AddFunctions(const MeasureComparison& measure,
                    const std::string& indent);

  const bool full_names_;
  std::string text_;
};

// "slower" of a line of the table; "verdict" of its head; "" of other lines.
std::string_view VerdictOfRow(std::string_view line);

// On one line: a name in a file may have anything in it, and could otherwise
// break rows, or move a terminal's cursor.
std::string OneLine(std::string text);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_TEXT_TABLE_H_
