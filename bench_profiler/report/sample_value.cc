#include "bench_profiler/report/sample_value.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "bench_profiler/report/graph_order.h"

namespace bench_profiler {
namespace {

std::optional<int64_t> Number(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, status] = std::from_chars(text.data(), end, number);
  if (status != std::errc() || stop != end || text.empty()) return std::nullopt;
  return number;
}

std::string TypesOf(const ParsedProfile& profile) {
  std::string types;
  for (const TypeAndUnit& type : profile.value_types) {
    types += (types.empty() ? "" : " ") + type.type;
  }
  return types;
}

size_t DefaultIndex(const ParsedProfile& profile) {
  for (size_t i = 0; i < profile.value_types.size(); i++) {
    if (!profile.default_value_type.empty() &&
        profile.value_types[i].type == profile.default_value_type) {
      return i;
    }
  }
  return profile.value_types.size() - 1;
}

bool FindValue(const ParsedProfile& profile, const std::string& wanted,
               size_t* index, std::string* error) {
  if (wanted.empty()) {
    *index = DefaultIndex(profile);
    return true;
  }
  const size_t count = profile.value_types.size();
  if (const std::optional<int64_t> number = Number(wanted)) {
    *index = static_cast<size_t>(*number);
    if (*number >= 0 && *index < count) return true;
    *error = "sample_index " + wanted + " is outside the range [0.." +
             std::to_string(count - 1) + "]";
    return false;
  }
  // Heap profiles once had "space" for what is now "inuse_space".
  std::string old = wanted;
  if (old.compare(0, 6, "inuse_") == 0) old.erase(0, 6);
  for (*index = 0; *index < count; ++*index) {
    const std::string& type = profile.value_types[*index].type;
    if (type == wanted || type == old) return true;
  }
  *error = "sample_index \"" + wanted + "\" must be one of: [" +
           TypesOf(profile) + "]";
  return false;
}

bool IsOfBase(const ParsedSample& sample) {
  return std::any_of(sample.labels.begin(), sample.labels.end(),
                     [](const ParsedLabel& label) {
                       return !label.is_number && label.key == "pprof::base" &&
                              label.text == "true";
                     });
}

int64_t Total(const PreparedReport& report) {
  Cost all;
  Cost base;
  for (const ParsedSample& sample : report.profile.samples) {
    const int64_t value = Abs(report.Value(sample));
    const int64_t divisor = report.Divisor(sample);
    all.flat += value;
    all.flat_divisor += divisor;
    if (IsOfBase(sample)) {
      base.flat += value;
      base.flat_divisor += divisor;
    }
  }
  return base.flat > 0 ? base.FlatValue() : all.FlatValue();
}

}  // namespace

bool ChooseValue(PreparedReport* report, std::string* error) {
  const ParsedProfile& profile = report->profile;
  if (profile.value_types.empty()) {
    *error = "profile has no samples";
    return false;
  }
  if (!FindValue(profile, report->options.sample_index, &report->value_index,
                 error)) {
    return false;
  }
  const TypeAndUnit& type = profile.value_types[report->value_index];
  report->value_type = (report->options.mean ? "mean_" : "") + type.type;
  report->value_unit = type.unit;
  report->total = Total(*report);
  return true;
}

}  // namespace bench_profiler
