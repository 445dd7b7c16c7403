// Why two sides may differ, other than by the program: another build, machine
// or way of measuring.
//
//   for (const std::string& line : SideDifferences(old_side, new_side)) {
//     // "OLD is a debug build, NEW a release build"
#ifndef BENCH_PROFILER_COMPARE_SIDE_DIFFERENCES_H_
#define BENCH_PROFILER_COMPARE_SIDE_DIFFERENCES_H_

#include <string>
#include <vector>

#include "bench_profiler/compare/process.h"

namespace bench_profiler {

// One line each, the most important first.
std::vector<std::string> SideDifferences(const Side& old_side,
                                         const Side& new_side);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_SIDE_DIFFERENCES_H_
