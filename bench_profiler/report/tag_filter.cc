#include "bench_profiler/report/tag_filter.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "bench_profiler/report/number_range.h"
#include "bench_profiler/report/pattern.h"

namespace bench_profiler {
namespace {

bool AnyLabel(const ParsedSample& sample,
              const std::function<bool(const ParsedLabel&)>& matches) {
  return std::any_of(sample.labels.begin(), sample.labels.end(), matches);
}

}  // namespace

bool TagFilter::Compile(const std::string& option, const std::string& text,
                        const std::map<std::string, std::string>& label_units,
                        std::vector<std::string>* warnings,
                        std::string* error) {
  matches_ = nullptr;
  if (text.empty()) return true;
  const size_t equals = text.find('=');
  const std::string key =
      equals == std::string::npos ? "" : text.substr(0, equals);
  const std::string value =
      equals == std::string::npos ? text : text.substr(equals + 1);

  NumberRange range;
  switch (ParseRange(value, &range, error)) {
    case ParsedRange::kOther:
      return CompilePatterns(option, key, value, error);
    case ParsedRange::kError:
      *error = option + ": " + *error;
      return false;
    case ParsedRange::kRange:
      break;
  }
  warnings->push_back(option + ":Interpreted '" + value +
                      "' as range, not regexp");
  matches_ = [range, key, label_units](const ParsedSample& sample) {
    return AnyLabel(sample, [&](const ParsedLabel& label) {
      if (!label.is_number || !(key.empty() || label.key == key)) return false;
      const auto unit = label_units.find(label.key);
      return range.Contains(label.number,
                            unit == label_units.end() ? "" : unit->second);
    });
  };
  return true;
}

bool TagFilter::CompilePatterns(const std::string& option,
                                const std::string& key, const std::string& text,
                                std::string* error) {
  std::vector<Pattern> patterns;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(',', begin), text.size());
    // An empty one matches everything, as regular expressions do.
    const std::string part = text.substr(begin, end - begin);
    patterns.emplace_back();
    if (!patterns.back().Compile(option, part.empty() ? "(?:)" : part, error)) {
      return false;
    }
    begin = end + 1;
  }
  if (key.empty()) {
    matches_ = [patterns](const ParsedSample& sample) {
      return std::all_of(
          patterns.begin(), patterns.end(), [&](const Pattern& pattern) {
            return AnyLabel(sample, [&](const ParsedLabel& label) {
              return !label.is_number &&
                     pattern.Matches(label.key + ":" + label.text);
            });
          });
    };
    return true;
  }
  matches_ = [patterns, key](const ParsedSample& sample) {
    return AnyLabel(sample, [&](const ParsedLabel& label) {
      return !label.is_number && label.key == key &&
             std::any_of(patterns.begin(), patterns.end(),
                         [&](const Pattern& pattern) {
                           return pattern.Matches(label.text);
                         });
    });
  };
  return true;
}

}  // namespace bench_profiler
