#include "bench_profiler/compare/benchmark_pairs.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace bench_profiler {
namespace {

struct Found {
  std::vector<const MeasuredBenchmark*> complete;
  size_t processes = 0;  // that began it
};

class NamedPairs {
 public:
  void AddSide(const Side& side, bool is_new) {
    for (const Process& process : side.processes) {
      // Two benchmarks of a program may have one name. The first is taken:
      // there is no telling which is which on the other side.
      std::unordered_set<std::string_view> seen;
      for (const MeasuredBenchmark& benchmark : process.benchmarks) {
        if (!seen.insert(benchmark.name).second) continue;
        Found& found = FoundOf(benchmark.name)[is_new ? 1 : 0];
        ++found.processes;
        if (benchmark.is_complete) found.complete.push_back(&benchmark);
      }
    }
  }

  std::vector<BenchmarkPair> Take(size_t old_processes, size_t new_processes) {
    std::vector<BenchmarkPair> pairs;
    for (const std::string_view name : names_) {
      BothSides& found = found_[name];
      BenchmarkPair pair;
      pair.name = std::string(name);
      AddNote(found[0], old_processes, "OLD", &pair.notes);
      AddNote(found[1], new_processes, "NEW", &pair.notes);
      pair.old_benchmarks = std::move(found[0].complete);
      pair.new_benchmarks = std::move(found[1].complete);
      pairs.push_back(std::move(pair));
    }
    return pairs;
  }

 private:
  using BothSides = std::array<Found, 2>;  // OLD, NEW

  BothSides& FoundOf(std::string_view name) {
    const auto [it, is_new] = found_.try_emplace(name);
    if (is_new) names_.push_back(name);
    return it->second;
  }

  static void AddNote(const Found& found, size_t processes, const char* side,
                      std::vector<std::string>* notes) {
    const std::string of =
        " of " + std::to_string(processes) + " processes of " + side;
    if (found.processes == 0) {
      notes->push_back(std::string("is not in ") + side);
      return;
    }
    if (found.processes < processes) {
      notes->push_back("is only in " + std::to_string(found.processes) + of);
    }
    if (found.complete.size() < found.processes) {
      notes->push_back("failed in " +
                       std::to_string(found.processes - found.complete.size()) +
                       of);
    }
  }

  std::vector<std::string_view> names_;
  std::unordered_map<std::string_view, BothSides> found_;
};

}  // namespace

std::vector<BenchmarkPair> PairBenchmarks(const Side& old_side,
                                          const Side& new_side) {
  NamedPairs pairs;
  pairs.AddSide(old_side, /*is_new=*/false);
  pairs.AddSide(new_side, /*is_new=*/true);
  return pairs.Take(old_side.processes.size(), new_side.processes.size());
}

std::vector<ProcessValue> ValuesOf(
    const std::vector<const MeasuredBenchmark*>& benchmarks, Measure measure) {
  std::vector<ProcessValue> values;
  for (const MeasuredBenchmark* benchmark : benchmarks) {
    const auto it = benchmark->measures.find(measure);
    if (it == benchmark->measures.end()) continue;
    values.push_back({&it->second, static_cast<double>(benchmark->iterations)});
  }
  return values;
}

}  // namespace bench_profiler
