#include "bench_profiler/compare/importance.h"

#include <algorithm>
#include <cmath>

namespace bench_profiler {
namespace {

struct Importance {
  int rank = 3;  // 0 is the most important
  double size = 0;
  const BenchmarkComparison* benchmark = nullptr;
};

int RankOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::kSlower:
      return 0;
    case Verdict::kFaster:
      return 1;
    case Verdict::kUndecided:
      return 2;
    case Verdict::kUnchanged:
      break;
  }
  return 3;
}

Importance ImportanceOf(const BenchmarkComparison& benchmark) {
  Importance found;
  found.rank = RankOf(benchmark.verdict);
  found.benchmark = &benchmark;
  for (const MeasureComparison* measure : ShownMeasures(benchmark)) {
    int rank = RankOf(measure->verdict);
    if (HasChangedFunction(*measure)) {
      rank = std::min(rank, RankOf(measure->functions.front().verdict));
    }
    // NaN, which is no number to sort by, fails this and counts as 0.
    const double size =
        std::fabs(measure->change) > 0 ? std::fabs(measure->change) : 0;
    if (rank < found.rank) {
      found.rank = rank;
      found.size = size;
    } else if (rank == found.rank) {
      found.size = std::max(found.size, size);
    }
  }
  return found;
}

}  // namespace

bool HasChangedFunction(const MeasureComparison& measure) {
  return !measure.functions.empty() &&
         IsChanged(measure.functions.front().verdict);
}

std::vector<const MeasureComparison*> ShownMeasures(
    const BenchmarkComparison& benchmark) {
  std::vector<const MeasureComparison*> shown;
  for (const MeasureComparison& measure : benchmark.measures) {
    if (shown.empty() || IsChanged(measure.verdict)) shown.push_back(&measure);
  }
  return shown;
}

std::vector<const BenchmarkComparison*> ByImportance(
    const Comparison& comparison) {
  std::vector<Importance> all;
  for (const BenchmarkComparison& benchmark : comparison.benchmarks) {
    all.push_back(ImportanceOf(benchmark));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Importance& a, const Importance& b) {
                     if (a.rank != b.rank) return a.rank < b.rank;
                     return a.size > b.size;
                   });
  std::vector<const BenchmarkComparison*> benchmarks;
  benchmarks.reserve(all.size());
  for (const Importance& one : all) benchmarks.push_back(one.benchmark);
  return benchmarks;
}

}  // namespace bench_profiler
