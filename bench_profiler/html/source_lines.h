// The lines of source files around the hottest lines of a report.
//
//   data.sources = HotSources(data);
//   data.sources["/home/me/sort.cc"][95];   // lines 95, 96... to 101
//
// Files are read where the report is made. Only what has a name as sources have
// is read: profiles come from anywhere, and could name any file of whoever
// makes a report of them to pass it on.
#ifndef BENCH_PROFILER_HTML_SOURCE_LINES_H_
#define BENCH_PROFILER_HTML_SOURCE_LINES_H_

#include <string>

#include "bench_profiler/html/page_data.h"

namespace bench_profiler {

// Whether `path` is that of a source file, by its ending or, as headers of C++
// libraries have none, by its folder.
bool LooksLikeSource(const std::string& path);

// What goes into PageData::sources: three lines before and after each of
// PageTree::lines, until there is as much as a page should carry.
decltype(PageData::sources) HotSources(const PageData& data);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTML_SOURCE_LINES_H_
