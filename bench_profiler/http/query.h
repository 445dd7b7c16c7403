// What stands behind the '?' of a URL, and how URLs and numbers are read: as
// Go's net/url and strconv do.
//
//   const Query query("seconds=5&debug=1");
//   std::optional<int64_t> seconds = ParseInt(query.Get("seconds"));
#ifndef BENCH_PROFILER_HTTP_QUERY_H_
#define BENCH_PROFILER_HTTP_QUERY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bench_profiler {

class Query {
 public:
  explicit Query(std::string_view text) : text_(text) {}

  // The first value of this name, or "" if there is none. Pairs that are no
  // valid part of a URL do not count.
  std::string Get(std::string_view name) const;

 private:
  std::string_view text_;
};

// Replaces "%41" by 'A'. If there is a '%' without two digits, nothing.
std::optional<std::string> DecodeUrl(std::string_view text);

// The opposite: escapes all but letters, digits and "-._~".
std::string EncodeUrl(std::string_view text);

// Of a whole decimal number, with or without a sign.
std::optional<int64_t> ParseInt(const std::string& text);

// The same of a switch such as "debug=1": 0 if it is no number.
int64_t ParseSwitch(const std::string& text);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTTP_QUERY_H_
