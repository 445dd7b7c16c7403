// A flame graph as an SVG picture that is complete in itself, as go-torch and
// flamegraph.pl make them.
//
//   FlameOptions options;
//   options.title = "torch.svg: CPU time";
//   options.value = report.value_index;
//   options.format_value = [&](int64_t value) {
//     return ScaledLabel(value, report.value_unit, "auto");  // "1.50ms"
//   };
//   std::string svg = ToFlameSvg(report.profile, options);
//
// That is `bench_profiler flamegraph FILE -o torch.svg`. Values per operation
// are a format_value that divides.
//
// In a browser, a click zooms, Ctrl-F or "Search" marks the functions that
// match a regular expression and tells their share, and the pointer shows a
// box's value at the lower edge. Where scripts do not run, as in an <img>, it
// is a picture with a tooltip for each box. `»` is before inlined functions.
// Boxes that are narrower than 0.1 pixels are left out, and so are stacks below
// 0, which only a profile has that another was subtracted from.
#ifndef BENCH_PROFILER_FORMATS_PARSED_FLAME_SVG_H_
#define BENCH_PROFILER_FORMATS_PARSED_FLAME_SVG_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

struct FlameOptions {
  std::string title = "Flame graph";
  int width = 1200;  // pixels
  size_t value = 0;  // index into value_types
  // How a value is shown, with its unit; by default as it is.
  std::function<std::string(int64_t value)> format_value;
};

// Throws std::length_error if it becomes larger than 256 MiB, as it can with
// names of thousands of letters.
std::string ToFlameSvg(const ParsedProfile& profile,
                       const FlameOptions& options);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_PARSED_FLAME_SVG_H_
