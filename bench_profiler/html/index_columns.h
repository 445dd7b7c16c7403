// What a report takes from index.json besides names of profiles.
#ifndef BENCH_PROFILER_HTML_INDEX_COLUMNS_H_
#define BENCH_PROFILER_HTML_INDEX_COLUMNS_H_

#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/formats/benchmark_index.h"
#include "bench_profiler/html/page_data.h"

namespace bench_profiler {

// The program's name, or if it is unknown that of the profile.
std::string TitleOf(const BenchmarkIndex& index);

// What is known of where it ran, such as {"host", "builder"}.
std::vector<std::pair<std::string, std::string>> ContextRows(
    const RunContext& context);

// Fills in what is not known yet of the entry's benchmark: times, counts, and
// how much its repetitions differ.
void AddColumns(const BenchmarkIndex& index, const IndexEntry& entry,
                PageBenchmark* benchmark);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTML_INDEX_COLUMNS_H_
