// What is in a page, for tests.
//
//   EXPECT_EQ(DataIn(html)["benchmarks"][0]["name"], "BM_Sort/8");
#ifndef BENCH_PROFILER_TESTS_HTML_PAGE_VIEW_H_
#define BENCH_PROFILER_TESTS_HTML_PAGE_VIEW_H_

#include <cstdint>
#include <string>

#include "bench_profiler/formats/gunzip.h"
#include "tests/support/json.h"

namespace bench_profiler {

// What lies between `begin` and the first `end` behind it; "" if nothing does.
inline std::string Between(const std::string& text, const std::string& begin,
                           const std::string& end) {
  const size_t from = text.find(begin);
  if (from == std::string::npos) return "";
  const size_t to = text.find(end, from + begin.size());
  return to == std::string::npos
             ? ""
             : text.substr(from + begin.size(), to - from - begin.size());
}

inline std::string DecodeBase64(const std::string& text) {
  const std::string letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  uint32_t bits = 0;
  int size = 0;
  for (const char c : text) {
    const size_t value = letters.find(c);
    if (value == std::string::npos) break;
    bits = bits << 6 | static_cast<uint32_t>(value);
    size += 6;
    if (size < 8) continue;
    size -= 8;
    bytes += static_cast<char>(bits >> size & 0xff);
  }
  return bytes;
}

// What the script is given; null if there is none.
inline Json DataIn(const std::string& html) {
  const std::string bytes =
      DecodeBase64(Between(html, "id=\"bench-profiler-data\">", "</script>"));
  std::string text;
  std::string error;
  if (!Gunzip(bytes, &text, &error)) return {};
  return Json::Parse(text);
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_HTML_PAGE_VIEW_H_
