// Numbers with units, in about three digits.
//
//   Quantity(1530.4, "nanoseconds")   // "1.53 us"
//   Quantity(1536, "bytes")           // "1.5 kB", of 1024, as pprof has them
//   Quantity(0.25, "count")           // "0.25"
//   Percent(0.256)                    // "25.6 %"
#ifndef BENCH_PROFILER_HTML_QUANTITY_H_
#define BENCH_PROFILER_HTML_QUANTITY_H_

#include <string>
#include <string_view>

namespace bench_profiler {

std::string Quantity(double value, std::string_view unit);

std::string Percent(double share);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTML_QUANTITY_H_
