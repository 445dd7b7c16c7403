#include "bench_profiler/report/tags.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <utility>
#include <vector>

#include "bench_profiler/report/measurement.h"
#include "bench_profiler/report/sample_labels.h"
#include "bench_profiler/report/tab_columns.h"

namespace bench_profiler {
namespace {

// What samples with a label cost, by its values.
using ValueCosts = std::map<std::string, int64_t>;

std::map<std::string, ValueCosts> CostsOfLabels(const PreparedReport& report) {
  std::map<std::string, ValueCosts> costs;
  for (const ParsedSample& sample : report.profile.samples) {
    const int64_t cost = report.Value(sample);
    const SampleLabels labels(sample);
    for (const auto& [key, texts] : labels.texts) {
      for (const std::string& text : texts) costs[key][text] += cost;
    }
    for (const auto& [key, numbers] : labels.numbers) {
      const auto found = report.label_units.find(key);
      const std::string unit =
          found == report.label_units.end() ? "" : found->second;
      for (const SampleLabels::Number& number : numbers) {
        costs[key][ScaledLabel(number.value, unit, report.options.unit)] +=
            cost;
      }
    }
  }
  return costs;
}

std::string Shown(const PreparedReport& report, int64_t cost) {
  const Measurement scaled =
      Scale(cost, report.value_unit, report.options.unit);
  char digits[400];  // the largest double has 309 before the point
  std::snprintf(digits, sizeof(digits), "%.1f", scaled.value);
  return digits + scaled.unit;
}

// The dearest first, the same by name.
std::vector<std::pair<std::string, int64_t>> Sorted(const ValueCosts& costs) {
  std::vector<std::pair<std::string, int64_t>> sorted(costs.begin(),
                                                      costs.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& left, const auto& right) {
                     return std::abs(left.second) > std::abs(right.second);
                   });
  return sorted;
}

}  // namespace

bool WriteTags(const PreparedReport& report, std::string* out,
               std::string* /*error*/) {
  std::string table;
  for (const auto& [key, costs] : CostsOfLabels(report)) {
    int64_t total = 0;
    for (const auto& [value, cost] : costs) total += cost;
    table += key + ":\t Total " + Shown(report, total) + "\n";
    for (const auto& [value, cost] : Sorted(costs)) {
      table += " \t" + Shown(report, cost);
      if (total > 0) table += " (" + Percentage(cost, total) + ")";
      table += ":\t " + value + "\n";
    }
    table += "\n";
  }
  *out += AlignTabColumns(table);
  return true;
}

bool WriteComments(const PreparedReport& report, std::string* out,
                   std::string* /*error*/) {
  for (const std::string& comment : report.profile.comments) {
    *out += comment + "\n";
  }
  return true;
}

}  // namespace bench_profiler
