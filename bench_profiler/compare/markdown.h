// A comparison as a comment in a pull request: what matters open, the rest
// folded, and always shorter than GitHub takes, 65,536 characters.
//
//   std::string markdown = ComparisonAsMarkdown(comparison, inputs);
//
// Its first line, `<!-- bench_profiler -->`, is not shown; it is how a bot
// finds its own comment, to update it in place.
#ifndef BENCH_PROFILER_COMPARE_MARKDOWN_H_
#define BENCH_PROFILER_COMPARE_MARKDOWN_H_

#include <string>

#include "bench_profiler/compare/comparison.h"
#include "bench_profiler/compare/output_formats.h"

namespace bench_profiler {

std::string ComparisonAsMarkdown(const Comparison& comparison,
                                 const ComparisonInputs& inputs);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_MARKDOWN_H_
