#include "bench_profiler/compare/html.h"

#include <ctime>

#include "bench_profiler/compare/difference_rows.h"
#include "bench_profiler/compare/page_of_comparison.h"
#include "bench_profiler/html/page.h"

namespace bench_profiler {

std::string ComparisonAsHtml(const Comparison& comparison,
                             const ComparisonInputs& inputs) {
  PageData data = PageOfComparison(comparison, inputs);
  data.generated = std::time(nullptr);
  return HtmlPage(data, DifferenceRows(comparison, data, inputs.full_names));
}

}  // namespace bench_profiler
