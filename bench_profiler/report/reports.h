// The table of text reports, and how one is made.
//
//   std::string text, error;
//   std::vector<std::string> warnings;
//   const Report* report = FindReport("top");
//   if (!MakeReport(*report, std::move(profile), options, /*pattern=*/"",
//   &text,
//                   &warnings, &error)) ...
//
// The extension point: a new report is a file here and a row of reports.cc.
#ifndef BENCH_PROFILER_REPORT_REPORTS_H_
#define BENCH_PROFILER_REPORT_REPORTS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench_profiler/profile/parsed_profile.h"
#include "bench_profiler/report/options.h"
#include "bench_profiler/report/prepare.h"

namespace bench_profiler {

struct Report {
  const char* name;
  const char* help;  // what it shows, in a line
  // Appends the report; or says in a line why not.
  bool (*write)(const PreparedReport& report, std::string* out,
                std::string* error);
  bool needs_pattern = false;
  bool is_trimmed = true;  // leaves out what is small
  int node_count = 80;     // at most, if not told; 0: all
  // Instead of the one that was asked for.
  std::optional<Granularity> granularity = std::nullopt;
  bool always_inlines = false;  // whatever the options say
};

const std::vector<Report>& AllReports();
const Report* FindReport(std::string_view name);  // null if there is none

bool MakeReport(const Report& report, ParsedProfile profile,
                const ReportOptions& options, const std::string& pattern,
                std::string* out, std::vector<std::string>* warnings,
                std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_REPORTS_H_
