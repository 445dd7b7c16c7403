// How all values of one report are shown: in one unit, divided as the user
// asked.
//
//   const ValueFormat format = FormatFor(report, trimmed.graph);
//   format(1500000)  // "1.50ms"
#ifndef BENCH_PROFILER_REPORT_VALUE_FORMAT_H_
#define BENCH_PROFILER_REPORT_VALUE_FORMAT_H_

#include <cstdint>
#include <string>

#include "bench_profiler/report/graph.h"
#include "bench_profiler/report/prepare.h"

namespace bench_profiler {

struct ValueFormat {
  double ratio = 1;  // that values are multiplied by
  std::string from;  // their unit
  std::string to;    // the one that is shown

  int64_t Scaled(int64_t value) const;
  std::string operator()(int64_t value) const;
};

// In the unit that the user named, or each value in its own.
ValueFormat FormatFor(const PreparedReport& report);

// "minimum" is the unit of the least value of the graph, or a larger one if
// that is far from the total.
ValueFormat FormatFor(const PreparedReport& report, const Graph& graph);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_VALUE_FORMAT_H_
