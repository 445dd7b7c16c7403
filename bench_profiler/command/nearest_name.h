// The name that a user may have meant.
//
//   NearestName("tpo", {"top", "tree"});   // "top"
//   NearestName("xyz", {"top", "tree"});   // "": none is near
#ifndef BENCH_PROFILER_COMMAND_NEAREST_NAME_H_
#define BENCH_PROFILER_COMMAND_NEAREST_NAME_H_

#include <string>
#include <string_view>
#include <vector>

namespace bench_profiler {

// The first of the names that need the fewest changes: letters added, removed,
// replaced, or swapped with their neighbours.
std::string NearestName(std::string_view name,
                        const std::vector<std::string>& names);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_NEAREST_NAME_H_
