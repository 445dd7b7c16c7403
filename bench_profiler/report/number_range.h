// Ranges of numbers with units, as filters of labels name them.
//
//   NumberRange range;
//   std::string error;
//   ParseRange("1kb:2mb", &range, &error);  // ParsedRange::kRange
//   range.Contains(4096, "bytes")           // true
#ifndef BENCH_PROFILER_REPORT_NUMBER_RANGE_H_
#define BENCH_PROFILER_REPORT_NUMBER_RANGE_H_

#include <cstdint>
#include <optional>
#include <string>

namespace bench_profiler {

struct NumberRange {
  std::string unit;  // of both ends; numbers of other kinds are outside
  std::optional<double> least;
  std::optional<double> most;

  bool Contains(int64_t number, const std::string& number_unit) const;
};

enum class ParsedRange {
  kRange,
  kOther,  // a text that is no range
  kError,  // a range of numbers that do not fit
};

ParsedRange ParseRange(const std::string& text, NumberRange* range,
                       std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_NUMBER_RANGE_H_
