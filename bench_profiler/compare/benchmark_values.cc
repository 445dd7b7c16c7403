#include "bench_profiler/compare/benchmark_values.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace bench_profiler {
namespace {

constexpr double kSecondsPerNanosecond = 1e-9;

// Negative if there is none.
double Median(std::vector<double> values) {
  if (values.empty()) return -1;
  std::sort(values.begin(), values.end());
  const size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle]
                                : (values[middle - 1] + values[middle]) / 2;
}

// An index of format 1 knows sums only: they are taken for one repetition.
std::vector<RunSummary> RunsOf(const IndexEntry& entry) {
  if (!entry.runs.empty()) return entry.runs;
  RunSummary sum;
  sum.iterations = entry.iterations;
  sum.cpu_seconds = entry.cpu_seconds;
  sum.real_seconds = entry.real_seconds;
  return {sum};
}

template <class Value>
double PerOperation(const IndexEntry& entry, Value RunSummary::*total) {
  std::vector<double> values;
  for (const RunSummary& run : RunsOf(entry)) {
    if (run.iterations <= 0 || run.*total < 0) continue;
    values.push_back(static_cast<double>(run.*total) /
                     static_cast<double>(run.iterations));
  }
  return Median(std::move(values));
}

// "BM_Wait/8/real_time/threads:2"
bool HasPart(const std::string& name, const std::string& part) {
  const size_t at = name.find(part);
  return at != std::string::npos &&
         (at + part.size() == name.size() || name[at + part.size()] == '/');
}

// Google Benchmark adds this to the names of benchmarks that it times by the
// clock, or that tell their times themselves.
bool IsByRealTime(const std::string& name) {
  return HasPart(name, "/real_time") || HasPart(name, "/manual_time");
}

// One that called SkipWithError has run for 0 seconds: it has no time.
double TimeOf(const IndexEntry& entry) {
  const double time = IsByRealTime(entry.name)
                          ? PerOperation(entry, &RunSummary::real_seconds)
                          : PerOperation(entry, &RunSummary::cpu_seconds);
  return time > 0 ? time : -1;
}

double DelayOf(const IndexEntry& entry) {
  const double delay = PerOperation(entry, &RunSummary::delay);
  return delay < 0 ? delay : delay * kSecondsPerNanosecond;
}

// Returns null if there is a value already.
MeasuredValue* Set(Measure measure, double value,
                   MeasuredBenchmark* benchmark) {
  if (value < 0) return nullptr;
  MeasuredValue& measured = benchmark->measures[measure];
  if (measured.value >= 0) return nullptr;
  measured.value = value;
  return &measured;
}

}  // namespace

void AddValues(const BenchmarkIndex& index, const IndexEntry& entry,
               MeasuredBenchmark* benchmark) {
  // Where instructions are counted, times are those of an emulated processor.
  if (index.kind == "instructions") return;
  Set(Measure::kTime, TimeOf(entry), benchmark);
  const bool is_estimated = !index.benchmem && index.rate > 1;
  const std::pair<Measure, int64_t RunSummary::*> counts[] = {
      {Measure::kAllocs, &RunSummary::allocs},
      {Measure::kBytes, &RunSummary::bytes},
      {Measure::kContentions, &RunSummary::contentions},
  };
  for (const auto& [measure, total] : counts) {
    MeasuredValue* const value =
        Set(measure, PerOperation(entry, total), benchmark);
    if (value != nullptr && RowOf(measure).is_exact) {
      value->is_estimated = is_estimated;
    }
  }
  Set(Measure::kDelay, DelayOf(entry), benchmark);
}

void AddValueOfProfile(const MeasureRow& row, const IndexEntry& entry,
                       MeasuredValue* value) {
  if (row.measure != Measure::kInstructions || entry.iterations <= 0) return;
  value->value = value->samples / static_cast<double>(entry.iterations);
}

}  // namespace bench_profiler
