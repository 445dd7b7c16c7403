// Comparisons that were never made, for tests of how they are shown.
#ifndef BENCH_PROFILER_TESTS_COMPARE_MADE_UP_COMPARISON_H_
#define BENCH_PROFILER_TESTS_COMPARE_MADE_UP_COMPARISON_H_

#include <string>
#include <vector>

#include "bench_profiler/compare/comparison.h"
#include "bench_profiler/compare/output_formats.h"

namespace bench_profiler {

inline void SetChange(Change* change, Verdict verdict, double old_value,
                      double by) {
  change->verdict = verdict;
  change->old_value = old_value;
  change->new_value = old_value * (1 + by);
  change->change = by;
  change->interval = {by - 0.01, by + 0.01};
  change->p_value = 0.001;
}

inline FunctionChange MadeUpFunction(const std::string& name, Verdict verdict,
                                     double by) {
  FunctionChange function;
  SetChange(&function, verdict, 1e-7, by);
  function.name = name;
  function.full_name = name + "(int)";
  function.statistic = 7.5;
  function.old_samples = 100;
  function.new_samples = 150;
  return function;
}

inline MeasureComparison MadeUpMeasure(Measure measure, Verdict verdict,
                                       double old_value, double by) {
  MeasureComparison made;
  made.measure = measure;
  SetChange(&made, verdict, old_value, by);
  made.other.name = "other";
  return made;
}

inline BenchmarkComparison MadeUpBenchmark(const std::string& name,
                                           Verdict verdict, double by) {
  BenchmarkComparison benchmark;
  benchmark.name = name;
  benchmark.verdict = verdict;
  benchmark.old_processes = 10;
  benchmark.new_processes = 10;
  benchmark.measures = {MadeUpMeasure(Measure::kTime, verdict, 1e-6, by)};
  return benchmark;
}

inline Comparison MadeUpComparison() {
  Comparison comparison;
  comparison.old_side.title = "old";
  comparison.old_side.processes = 10;
  comparison.new_side.title = "new";
  comparison.new_side.processes = 10;
  return comparison;
}

inline std::string WriteAs(const std::string& format,
                           const Comparison& comparison) {
  const Side old_side;
  const Side new_side;
  const FunctionTable functions;
  return FindComparisonFormat(format)->write(
      comparison, {old_side, new_side, functions, "", false});
}

// What breaks tables, markup, HTML, JSON and terminals.
inline std::vector<std::string> HostileNames() {
  return {"",
          " ",
          "operator|<int>",
          "a\\|b",
          "\\",
          "`",
          "a``b```",
          "|",
          "||||",
          "</details><script>alert(1)</script>",
          "<!-- bench_profiler -->",
          "two\nlines\r\n| a | b |",
          "@octocat please",
          "[text](https://example.com) ![](x) #12 www.example.com",
          "**bold** _it_ ~~no~~ $x$ :tada:",
          "größer → 速い",
          std::string("nul\0in it", 9),
          "\xff\xfe not UTF-8",
          "\xe2\x80\xae turned",
          std::string(100000, 'x'),
          std::string(5000, '`'),
          std::string(5000, '|')};
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_COMPARE_MADE_UP_COMPARISON_H_
