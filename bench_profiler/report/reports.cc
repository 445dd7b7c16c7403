#include "bench_profiler/report/reports.h"

#include <utility>

#include "bench_profiler/report/dot.h"
#include "bench_profiler/report/list.h"
#include "bench_profiler/report/raw.h"
#include "bench_profiler/report/tags.h"
#include "bench_profiler/report/top.h"
#include "bench_profiler/report/traces.h"
#include "bench_profiler/report/tree.h"

namespace bench_profiler {
namespace {

ReportOptions OptionsFor(const Report& report, ReportOptions options) {
  if (options.node_count < 0) options.node_count = report.node_count;
  if (report.granularity) options.granularity = *report.granularity;
  if (report.always_inlines) options.no_inlines = false;
  if (!report.is_trimmed || !options.trim) {
    options.node_count = 0;
    options.node_fraction = 0;
    options.edge_fraction = 0;
  }
  return options;
}

std::vector<Report> MakeTable() {
  std::vector<Report> table;
  Report top{"top", "Functions by what they cost.", WriteTop};
  top.node_count = 0;
  table.push_back(top);
  table.push_back(
      {"tree", "Functions with their callers and callees.", WriteTree});
  Report peek{"peek", "Callers and callees of functions that match a pattern.",
              WriteTree};
  peek.needs_pattern = true;
  peek.is_trimmed = false;
  table.push_back(peek);
  table.push_back(
      {"dot", "Who calls whom, as a graph for graphviz.", WriteDot});
  Report list{"list", "Source lines of functions that match a pattern.",
              WriteList};
  list.needs_pattern = true;
  list.is_trimmed = false;
  list.granularity = Granularity::kLines;
  table.push_back(list);
  table.push_back({"traces", "Samples with labels and stacks.", WriteTraces});
  table.push_back({"tags", "Labels by what they cost.", WriteTags});
  Report raw{"raw", "All that is in the profile.", WriteRaw};
  raw.is_trimmed = false;
  raw.granularity = Granularity::kAddresses;
  raw.always_inlines = true;
  table.push_back(raw);
  table.push_back({"comments", "Comments in the profile.", WriteComments});
  return table;
}

}  // namespace

const std::vector<Report>& AllReports() {
  static const auto* const table = new std::vector<Report>(MakeTable());
  return *table;
}

const Report* FindReport(std::string_view name) {
  for (const Report& report : AllReports()) {
    if (name == report.name) return &report;
  }
  return nullptr;
}

bool MakeReport(const Report& report, ParsedProfile profile,
                const ReportOptions& options, const std::string& pattern,
                std::string* out, std::vector<std::string>* warnings,
                std::string* error) {
  PreparedReport prepared;
  if (!Prepare(std::move(profile), OptionsFor(report, options), &prepared,
               error)) {
    return false;
  }
  *warnings = prepared.warnings;
  prepared.pattern = pattern;
  return report.write(prepared, out, error);
}

}  // namespace bench_profiler
