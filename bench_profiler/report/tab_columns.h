// Aligns columns that end with tabs, as Go's text/tabwriter does to the right.
//
//   AlignTabColumns("a:\t Total\n \t12s:\t x\n")
//     //  " a: Total\n"
//     //  "    12s: x\n"
#ifndef BENCH_PROFILER_REPORT_TAB_COLUMNS_H_
#define BENCH_PROFILER_REPORT_TAB_COLUMNS_H_

#include <string>

namespace bench_profiler {

// A column goes over lines that follow one another and have it, and is as wide
// as the widest of its cells, and a blank. What stands behind a line's last tab
// is in no column.
std::string AlignTabColumns(const std::string& text);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_TAB_COLUMNS_H_
