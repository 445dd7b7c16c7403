// Makes the tree of calls of one profile, merged by function.
//
//   FrameTable frames;
//   PageTree tree = CallTree(profile, ValueIndex(profile, "alloc_space"),
//                            &frames);
#ifndef BENCH_PROFILER_HTML_CALL_TREE_H_
#define BENCH_PROFILER_HTML_CALL_TREE_H_

#include <cstddef>
#include <string_view>

#include "bench_profiler/html/frame_table.h"
#include "bench_profiler/html/page_data.h"
#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

// The index of the values of this type; kNoValue if there are none.
inline constexpr size_t kNoValue = SIZE_MAX;
size_t ValueIndex(const ParsedProfile& profile, std::string_view type);

// What the profile shows first: the type that it names, or else its last.
size_t DefaultValueIndex(const ParsedProfile& profile);

// Callees stand below callers, the larger ones first. Nodes are one for each
// function of each caller, and another one where it was inlined. Samples,
// divisor and more_seconds are not set.
PageTree CallTree(const ParsedProfile& profile, size_t value,
                  FrameTable* frames);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTML_CALL_TREE_H_
