// What a report is made from: the profile after filters, at the granularity
// that was asked for, and which of its values counts.
//
//   PreparedReport report;
//   if (!Prepare(std::move(profile), options, &report, &error)) ...
//   for (const ParsedSample& sample : report.profile.samples) {
//     sum += report.Value(sample);
//
// Reports that are made through reports.h get it so.
#ifndef BENCH_PROFILER_REPORT_PREPARE_H_
#define BENCH_PROFILER_REPORT_PREPARE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "bench_profiler/profile/parsed_profile.h"
#include "bench_profiler/report/options.h"

namespace bench_profiler {

struct PreparedReport {
  ParsedProfile profile;
  ReportOptions options;

  size_t value_index = 0;
  std::string value_type;  // "cpu"; "mean_cpu" if means were asked for
  std::string value_unit;
  // Of all samples, whatever the filters left of them; of the base's alone in a
  // comparison with one.
  int64_t total = 0;

  // Units of labels that are numbers, by their keys.
  std::map<std::string, std::string> label_units;
  // "focus=Parse", as the report's head shows them.
  std::vector<std::string> active_filters;
  // Filters that met nothing: for the user, not for the report.
  std::vector<std::string> warnings;

  // What `list` and `peek` look for: a regular expression.
  std::string pattern;

  int64_t Value(const ParsedSample& sample) const {
    return sample.values[value_index];
  }
  // What sums of values are divided by; 0 if they are not.
  int64_t Divisor(const ParsedSample& sample) const {
    return options.mean ? sample.values[0] : 0;
  }
};

// The base of a comparison has been subtracted before, its samples marked by
// the label "pprof::base".
bool Prepare(ParsedProfile profile, const ReportOptions& options,
             PreparedReport* report, std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_PREPARE_H_
