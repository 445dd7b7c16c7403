// Reads what a report is made from: folders of profiles, or one profile.
//
//   PageData data;
//   std::string error;
//   if (!ReadReportData({"cpu.prof.d", "mem.prof.d"}, &data, &error)) ...
//   std::string html = HtmlPage(data);
#ifndef BENCH_PROFILER_HTML_REPORT_DATA_H_
#define BENCH_PROFILER_HTML_REPORT_DATA_H_

#include <string>
#include <vector>

#include "bench_profiler/html/page_data.h"
#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

// Reads folders FILE.d with their index.json, one for each kind of profile, and
// puts the profiles of each benchmark beside each other. FILE stands for
// FILE.d. Shards may be given together. If nothing was run but the program
// itself, its profiles FILE are read. Returns false, with one line in `error`,
// if there is nothing to show. A profile of a benchmark that cannot be read is
// left out, and PageData::context says so.
bool ReadReportData(const std::vector<std::string>& paths, PageData* data,
                    std::string* error);

// What to show of one profile.
struct SingleOptions {
  std::string title;
  std::string value_type;  // "": all, the profile's default first
};

PageData SingleData(const ParsedProfile& profile, const SingleOptions& options);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTML_REPORT_DATA_H_
