// Filters by the labels of samples, which pprof calls tags.
//
//   TagFilter filter;
//   if (!filter.Compile("tagfocus", "bytes=1kb:2mb", units, &warnings, &error))
//   ... filter.Matches(sample)
//
// What it may be:
//   REGEX,REGEX      each matches some "key:text" of the sample
//   key=REGEX,REGEX  one of them matches a text of that key
//   1kb:2mb          a number is in that range; also 1kb: and :2mb and 1kb
//   key=1kb:2mb      a number of that key is
#ifndef BENCH_PROFILER_REPORT_TAG_FILTER_H_
#define BENCH_PROFILER_REPORT_TAG_FILTER_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

class TagFilter {
 public:
  // For "" it stays unset. A range is told among the warnings, since whoever
  // looks for a text like "10" may not mean it.
  bool Compile(const std::string& option, const std::string& text,
               const std::map<std::string, std::string>& label_units,
               std::vector<std::string>* warnings, std::string* error);

  bool is_set() const { return matches_ != nullptr; }
  bool Matches(const ParsedSample& sample) const { return matches_(sample); }

 private:
  bool CompilePatterns(const std::string& option, const std::string& key,
                       const std::string& text, std::string* error);

  std::function<bool(const ParsedSample&)> matches_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_TAG_FILTER_H_
