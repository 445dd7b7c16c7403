// The HTML report of benchmarks, tests or a program.
//
//   std::string error;
//   if (!WriteReport({"cpu.prof.d", "mem.prof.d"}, "report.html", &error)) {
//     std::cerr << error << "\n";   // "mem.prof.d/index.json: No such file..."
//   }
#ifndef BENCH_PROFILER_HTML_REPORT_H_
#define BENCH_PROFILER_HTML_REPORT_H_

#include <string>
#include <vector>

#include "bench_profiler/html/report_data.h"
#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

// Writes the report of these folders (see ReadReportData) to `path`, whole or
// not at all. Returns false, with one line in `error`.
bool WriteReport(const std::vector<std::string>& folders,
                 const std::string& path, std::string* error);

// The page of one profile: its flame graph and tables.
std::string SingleReport(const ParsedProfile& profile,
                         const SingleOptions& options);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTML_REPORT_H_
