#include "bench_profiler/report/prepare.h"

#include <utility>

#include "bench_profiler/profile/demangle.h"
#include "bench_profiler/report/aggregate.h"
#include "bench_profiler/report/filter.h"
#include "bench_profiler/report/label_frames.h"
#include "bench_profiler/report/label_units.h"
#include "bench_profiler/report/prune.h"
#include "bench_profiler/report/sample_value.h"

namespace bench_profiler {
namespace {

void ChooseNames(bool in_full, ParsedProfile* profile) {
  for (ParsedFunction& function : profile->functions) {
    function.name = NameToShow(function.name, function.system_name, in_full);
  }
}

void AddFramesOfLabels(PreparedReport* report) {
  const ReportOptions& options = report->options;
  const LabelFramesResult result = AddLabelFrames(
      options.tag_root, options.tag_leaf, options.unit, &report->profile);
  if (!result.root) {
    report->warnings.emplace_back("TagRoot expression matched no samples");
  }
  if (!result.leaf) {
    report->warnings.emplace_back("TagLeaf expression matched no samples");
  }
}

}  // namespace

bool Prepare(ParsedProfile profile, const ReportOptions& options,
             PreparedReport* report, std::string* error) {
  report->profile = std::move(profile);
  report->options = options;
  if (options.divide_by == 0) {
    *error = "divide_by cannot be 0";
    return false;
  }
  ChooseNames(options.full_names, &report->profile);
  DropUninteresting(&report->profile);
  report->label_units = LabelUnits(report->profile, &report->warnings);
  report->active_filters = ActiveFilters(options);
  AddFramesOfLabels(report);
  // Shares are of all samples, or of those that the filters leave.
  const bool filters_first = options.relative_percentages;
  if (filters_first && !ApplyFilters(report, error)) return false;
  if (!ChooseValue(report, error)) return false;
  if (!filters_first && !ApplyFilters(report, error)) return false;
  Aggregate(options.granularity, options.no_inlines, &report->profile);
  return true;
}

}  // namespace bench_profiler
