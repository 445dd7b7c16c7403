// A regular expression in RE2's syntax, which is that of Go and so of pprof.
//
//   Pattern pattern;
//   if (!pattern.Compile("focus", "^json::", &error)) ...  // "focus: missing
//   )..." pattern.Matches("json::Parse")  // anywhere in the text
//
// Time and memory of a match are bounded, whatever the pattern.
#ifndef BENCH_PROFILER_REPORT_PATTERN_H_
#define BENCH_PROFILER_REPORT_PATTERN_H_

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}  // namespace re2

namespace bench_profiler {

class Pattern {
 public:
  // For "" it stays unset. `option` is named in the error.
  bool Compile(const std::string& option, const std::string& text,
               std::string* error);

  bool is_set() const { return expression_ != nullptr; }
  // If it is set.
  bool Matches(std::string_view text) const;

 private:
  std::shared_ptr<const re2::RE2> expression_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_PATTERN_H_
