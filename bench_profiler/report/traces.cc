#include "bench_profiler/report/traces.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "bench_profiler/report/columns.h"
#include "bench_profiler/report/header.h"
#include "bench_profiler/report/measurement.h"
#include "bench_profiler/report/node_table.h"
#include "bench_profiler/report/sample_labels.h"
#include "bench_profiler/report/value_format.h"

namespace bench_profiler {
namespace {

constexpr char kSeparator[] =
    "-----------+-------------------------------------------------------\n";

std::string LabelLine(const std::string& key, const std::string& values) {
  return RightAligned(key, 10) + ":  " + values + "\n";
}

void AppendSorted(std::vector<std::string> lines, std::string* out) {
  std::sort(lines.begin(), lines.end());
  for (const std::string& line : lines) *out += line;
}

void AppendLabels(const PreparedReport& report, const ParsedSample& sample,
                  std::string* out) {
  const SampleLabels labels(sample);
  std::vector<std::string> lines;
  for (const auto& [key, texts] : labels.texts) {
    lines.push_back(LabelLine(key, JoinedWords(texts)));
  }
  AppendSorted(std::move(lines), out);
  lines.clear();
  for (const auto& [key, numbers] : labels.numbers) {
    const auto unit = report.label_units.find(key);
    std::vector<std::string> words;
    for (const SampleLabels::Number& number : numbers) {
      words.push_back(ScaledLabel(
          number.value, unit == report.label_units.end() ? "" : unit->second,
          "auto"));
    }
    lines.push_back(LabelLine(key, JoinedWords(words)));
  }
  AppendSorted(std::move(lines), out);
}

}  // namespace

bool WriteTraces(const PreparedReport& report, std::string* out,
                 std::string* /*error*/) {
  const ValueFormat format = FormatFor(report);
  *out += JoinLines(ProfileHeader(report, format));
  const NodeTable table(report.profile, NodeTable::Options());
  for (const ParsedSample& sample : report.profile.samples) {
    if (sample.locations.empty()) continue;
    *out += kSeparator;
    AppendLabels(report, sample, out);
    const int64_t divisor = report.Divisor(sample);
    const int64_t value = report.Value(sample);
    std::string shown = format(divisor == 0 ? value : value / divisor);
    for (const uint32_t location : sample.locations) {
      const NodeTable::Nodes nodes = table.NodesOf(location);
      for (const uint32_t& node : nodes) {
        *out += RightAligned(shown, 10) + "   " +
                table.info(node).PrintableName() +
                (&node + 1 == nodes.end() ? "\n" : " (inline)\n");
        shown.clear();
      }
    }
  }
  *out += kSeparator;
  return true;
}

}  // namespace bench_profiler
