#include "bench_profiler/compare/looks.h"

#include <algorithm>
#include <cmath>

namespace bench_profiler {
namespace {

// Below this, what a deviation is can hardly be told.
constexpr int kFirstLook = 5;

}  // namespace

// Doubling: later looks would cost more of the level than they save of time.
bool Looks::IsDue(int runs) const {
  for (int look = kFirstLook; look < limit_; look *= 2) {
    if (runs == look) return true;
  }
  return false;
}

double Looks::Take(int runs) {
  const double part = std::min(1.0, static_cast<double>(runs) / limit_);
  const double spent = alpha_ * std::log1p((std::exp(1.0) - 1) * part);
  const double level = spent - spent_;
  spent_ = spent;
  return level;
}

bool IsDecided(const Comparison& comparison) {
  return std::all_of(comparison.benchmarks.begin(), comparison.benchmarks.end(),
                     [](const BenchmarkComparison& benchmark) {
                       return benchmark.measures.empty() ||
                              benchmark.verdict != Verdict::kUndecided;
                     });
}

}  // namespace bench_profiler
