// THE table of how a comparison is shown: text, Markdown, JSON and so on.
//
//   const ComparisonFormat* format = FindComparisonFormat("markdown");
//   std::string text = format->write(comparison, inputs);
#ifndef BENCH_PROFILER_COMPARE_OUTPUT_FORMATS_H_
#define BENCH_PROFILER_COMPARE_OUTPUT_FORMATS_H_

#include <string>
#include <string_view>
#include <vector>

#include "bench_profiler/compare/comparison.h"
#include "bench_profiler/compare/function_table.h"
#include "bench_profiler/compare/process.h"

namespace bench_profiler {

// What a comparison was made from, for formats that show more than what it
// found.
struct ComparisonInputs {
  const Side& old_side;
  const Side& new_side;
  const FunctionTable& functions;
  std::string title;  // of pages; "": none
  bool full_names = false;
};

struct ComparisonFormat {
  const char* name;  // "text", "markdown", "json", "html", "bmf", "gha"
  const char* help;
  const char* extension;  // of a file: ".md"
  std::string (*write)(const Comparison& comparison,
                       const ComparisonInputs& inputs);
};

const std::vector<ComparisonFormat>& AllComparisonFormats();

// Returns nullptr if there is none.
const ComparisonFormat* FindComparisonFormat(std::string_view name);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_OUTPUT_FORMATS_H_
