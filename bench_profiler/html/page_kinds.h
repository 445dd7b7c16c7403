// Which values of which profiles a report shows.
//
//   for (const PageKindRow& row : PageKindRows()) {
//     if (index.kind == row.kind) ...   // row.shown.type: "alloc_space"
#ifndef BENCH_PROFILER_HTML_PAGE_KINDS_H_
#define BENCH_PROFILER_HTML_PAGE_KINDS_H_

#include <string>
#include <vector>

#include "bench_profiler/html/page_data.h"
#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

struct PageKindRow {
  std::string kind;  // as index.json has it: a heap profile gives two
  PageKind shown;
};

// In the order in which a report shows them.
const std::vector<PageKindRow>& PageKindRows();

// Those of a profile that may be of any kind: of `value_type`, or if that is ""
// of each type, the default first. Numbers of samples are left out if there is
// anything else.
std::vector<PageKind> KindsOf(const ParsedProfile& profile,
                              const std::string& value_type);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTML_PAGE_KINDS_H_
