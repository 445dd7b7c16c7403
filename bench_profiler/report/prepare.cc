#include "bench_profiler/report/prepare.h"

#include <utility>

#include "bench_profiler/report/aggregate.h"
#include "bench_profiler/report/sample_value.h"

namespace bench_profiler {

bool Prepare(ParsedProfile profile, const ReportOptions& options,
             PreparedReport* report, std::string* error) {
  report->profile = std::move(profile);
  report->options = options;
  if (!ChooseValue(report, error)) return false;
  if (options.divide_by == 0) {
    *error = "zero divisor specified";
    return false;
  }
  Aggregate(options.granularity, options.no_inlines, &report->profile);
  return true;
}

}  // namespace bench_profiler
