#include "bench_profiler/compare/output_formats.h"

#include "bench_profiler/compare/bmf.h"
#include "bench_profiler/compare/gha.h"
#include "bench_profiler/compare/html.h"
#include "bench_profiler/compare/json.h"
#include "bench_profiler/compare/markdown.h"
#include "bench_profiler/compare/text.h"

namespace bench_profiler {

const std::vector<ComparisonFormat>& AllComparisonFormats() {
  static const auto* const formats = new std::vector<ComparisonFormat>{
      {"text", "a table for people", ".txt", &ComparisonAsText},
      {"markdown", "a comment for a pull request", ".md",
       &ComparisonAsMarkdown},
      {"json", "all that was found, for programs", ".json", &ComparisonAsJson},
      {"html", "a page with flame graphs of what changed", ".html",
       &ComparisonAsHtml},
      {"bmf", "the new values for Bencher", ".json", &ComparisonAsBmf},
      {"gha", "the new values for github-action-benchmark", ".json",
       &ComparisonAsGha},
  };
  return *formats;
}

const ComparisonFormat* FindComparisonFormat(std::string_view name) {
  for (const ComparisonFormat& format : AllComparisonFormats()) {
    if (name == format.name) return &format;
  }
  return nullptr;
}

}  // namespace bench_profiler
