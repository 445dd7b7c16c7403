#include "bench_profiler/compare/machine_drift.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace bench_profiler {
namespace {

std::vector<int64_t> Starts(const Side& side) {
  std::vector<int64_t> starts;
  for (const Process& process : side.processes) {
    if (process.start_nanos != 0) starts.push_back(process.start_nanos);
  }
  return starts;
}

bool HaveOtherBuildTypes(const Side& old_side, const Side& new_side) {
  if (old_side.processes.empty() || new_side.processes.empty()) return false;
  const std::string& of_old = old_side.processes.front().context.build_type;
  const std::string& of_new = new_side.processes.front().context.build_type;
  return !of_old.empty() && !of_new.empty() && of_old != of_new;
}

}  // namespace

bool RanInTurns(const Side& old_side, const Side& new_side) {
  const std::vector<int64_t> old_starts = Starts(old_side);
  std::vector<int64_t> new_starts = Starts(new_side);
  if (old_starts.size() < 2 || new_starts.size() < 2) return false;
  std::sort(new_starts.begin(), new_starts.end());
  size_t later = 0;  // pairs in which NEW is the later one
  for (const int64_t start : old_starts) {
    later += static_cast<size_t>(
        new_starts.end() -
        std::upper_bound(new_starts.begin(), new_starts.end(), start));
  }
  // In turns it is about one half, of one side after the other 0 or all.
  const double part = static_cast<double>(later) /
                      static_cast<double>(old_starts.size()) /
                      static_cast<double>(new_starts.size());
  return part >= 0.2 && part <= 0.8;
}

double MachineDrift(std::vector<double> differences, const Side& old_side,
                    const Side& new_side) {
  constexpr size_t kLeastBenchmarks = 5;
  constexpr double kLeastDrift = 0.02;
  constexpr double kLeastPart = 0.8;
  differences.erase(
      std::remove_if(differences.begin(), differences.end(),
                     [](double value) { return !std::isfinite(value); }),
      differences.end());
  const size_t count = differences.size();
  if (count < kLeastBenchmarks || RanInTurns(old_side, new_side) ||
      HaveOtherBuildTypes(old_side, new_side)) {
    return 0;
  }
  std::sort(differences.begin(), differences.end());
  const double median =
      (differences[(count - 1) / 2] + differences[count / 2]) / 2;
  const auto same = static_cast<double>(
      std::count_if(differences.begin(), differences.end(),
                    [&](double value) { return value * median > 0; }));
  const bool is_drift = std::fabs(median) > kLeastDrift &&
                        same >= kLeastPart * static_cast<double>(count);
  return is_drift ? median : 0;
}

}  // namespace bench_profiler
