// The boxes of a node's labels in a picture.
//
//   out += DotTags(node, /*id=*/1, has_callees, format);
#ifndef BENCH_PROFILER_REPORT_DOT_TAGS_H_
#define BENCH_PROFILER_REPORT_DOT_TAGS_H_

#include <cstddef>
#include <string>

#include "bench_profiler/report/graph.h"
#include "bench_profiler/report/value_format.h"

namespace bench_profiler {

// by_flat: they count what the node costs itself; else also what it called that
// is not in the picture.
std::string DotTags(const GraphNode& node, size_t id, bool by_flat,
                    const ValueFormat& format);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_DOT_TAGS_H_
