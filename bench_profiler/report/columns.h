// Columns of numbers in text reports.
//
//   RightAligned("1.50ms", 10) + " " + Percentage(flat, total)
#ifndef BENCH_PROFILER_REPORT_COLUMNS_H_
#define BENCH_PROFILER_REPORT_COLUMNS_H_

#include <cstddef>
#include <string>

namespace bench_profiler {

// In characters, which may be more than one byte.
inline std::string RightAligned(const std::string& text, size_t width) {
  size_t length = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) length++;
  }
  return length < width ? std::string(width - length, ' ') + text : text;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_COLUMNS_H_
