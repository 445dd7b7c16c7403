// Paths of source files and programs, as reports show them.
//
//   BaseName("/usr/bin/bench")          // "bench"
//   CleanPath("./a//b/../c.cc")         // "a/c.cc"
//   TrimPath("/src/a/b.cc", "/src", "") // "a/b.cc"
#ifndef BENCH_PROFILER_REPORT_PATHS_H_
#define BENCH_PROFILER_REPORT_PATHS_H_

#include <string>
#include <string_view>

namespace bench_profiler {

std::string BaseName(std::string_view path);

// The same file's shortest name, by its text alone.
std::string CleanPath(std::string_view path);

// Without the first of `prefixes` (with ":" between them) that it begins with.
// If there are none: without all up to the name of a folder of `search_path`,
// in whose place the reader may have that folder.
std::string TrimPath(const std::string& path, std::string_view prefixes,
                     std::string_view search_path);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_PATHS_H_
