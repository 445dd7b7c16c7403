// Benchmarks that are one with another argument: BM_Sort/8, BM_Sort/64.
//
//   std::vector<PageFamily> families =
//       FindFamilies({"BM_Sort/8", "BM_Find", "BM_Sort/64"});
//   families[0];  // {"BM_Sort", {0, 2}, {8, 64}}
//
// Each benchmark is in one family at most: of several arguments, in that of the
// one with most values. BM_Copy/8/threads:2 and BM_Copy/64/threads:2 are the
// family "BM_Copy/*/threads:2".
#ifndef BENCH_PROFILER_HTML_FAMILIES_H_
#define BENCH_PROFILER_HTML_FAMILIES_H_

#include <string>
#include <vector>

#include "bench_profiler/html/page_data.h"

namespace bench_profiler {

std::vector<PageFamily> FindFamilies(const std::vector<std::string>& names);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTML_FAMILIES_H_
