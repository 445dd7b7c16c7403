// Pages that are made up, for tests and to look at how large and fast they are.
//
//   PageData suite = MadeUpSuite(1000);
//   PageData one = MadeUpTree(50000);
#ifndef BENCH_PROFILER_TESTS_HTML_MADE_UP_PAGE_H_
#define BENCH_PROFILER_TESTS_HTML_MADE_UP_PAGE_H_

#include <cstddef>

#include "bench_profiler/html/page_data.h"

namespace bench_profiler {

// As many benchmarks, with a CPU and a heap profile of 57 functions each: what
// the samples of this repository have on average. There are ten in a family.
PageData MadeUpSuite(size_t benchmarks);

// One program whose tree of calls has as many functions.
PageData MadeUpTree(size_t functions);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_HTML_MADE_UP_PAGE_H_
