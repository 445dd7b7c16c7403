#include "tests/compare/proof/resampling.h"

#include <algorithm>
#include <cstddef>
#include <random>

#include "bench_profiler/compare/compare.h"
#include "bench_profiler/compare/importance.h"
#include "bench_profiler/compare/read_side.h"

namespace bench_profiler {
namespace {

using Processes = std::vector<const Process*>;

bool IsOf(const std::string& name, const Planted& planted) {
  return name.compare(0, planted.benchmark.size(), planted.benchmark) == 0;
}

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_';
}

// "a::ParseString(char*)" is ParseString, "ParseStringView" is not.
bool IsNamed(const std::string& name, const std::string& function) {
  for (size_t at = name.find(function); at != std::string::npos;
       at = name.find(function, at + 1)) {
    const size_t end = at + function.size();
    if ((at == 0 || !IsLetter(name[at - 1])) &&
        (end == name.size() || !IsLetter(name[end]))) {
      return true;
    }
  }
  return false;
}

Side SideOf(const Processes& processes, const Planted* only) {
  Side side;
  for (const Process* process : processes) {
    side.processes.push_back(*process);
    if (only == nullptr) continue;
    std::vector<MeasuredBenchmark>& benchmarks =
        side.processes.back().benchmarks;
    benchmarks.erase(std::remove_if(benchmarks.begin(), benchmarks.end(),
                                    [only](const MeasuredBenchmark& benchmark) {
                                      return !IsOf(benchmark.name, *only);
                                    }),
                     benchmarks.end());
  }
  return side;
}

// How many functions are said to have changed.
size_t Count(const BenchmarkComparison& benchmark) {
  size_t count = 0;
  for (const MeasureComparison& measure : benchmark.measures) {
    count += static_cast<size_t>(std::count_if(
        measure.functions.begin(), measure.functions.end(),
        [](const FunctionChange& one) { return IsChanged(one.verdict); }));
  }
  return count;
}

void Add(const Comparison& comparison, const Planted& planted, Tally* tally) {
  ++tally->comparisons;
  bool is_reported = false;
  for (const BenchmarkComparison& benchmark : comparison.benchmarks) {
    const size_t functions = Count(benchmark);
    is_reported = is_reported || functions > 0 || IsChanged(benchmark.verdict);
    if (!IsOf(benchmark.name, planted) || benchmark.measures.empty()) continue;
    if (benchmark.verdict == Verdict::kSlower) ++tally->benchmark_told;
    const MeasureComparison& time = benchmark.measures.front();
    if (time.functions.empty()) continue;
    const FunctionChange& first = time.functions.front();
    if (first.verdict == Verdict::kSlower &&
        IsNamed(first.full_name, planted.function)) {
      ++tally->first;
      if (functions == 1) ++tally->alone;
    }
  }
  if (is_reported) ++tally->reported;
}

class Comparer {
 public:
  Comparer(const Recording& recording, const Planted& planted, bool is_alone)
      : recording_(recording), planted_(planted), is_alone_(is_alone) {}

  void Compare(const Processes& old_side, const Processes& new_side) {
    const Planted* only = is_alone_ ? &planted_ : nullptr;
    Add(bench_profiler::Compare(SideOf(old_side, only), SideOf(new_side, only),
                                recording_.functions, {}),
        planted_, &tally_);
  }

  const Tally& tally() const { return tally_; }

 private:
  const Recording& recording_;
  const Planted& planted_;
  bool is_alone_;
  Tally tally_;
};

Processes All(const Recording& recording, Side Block::*side) {
  Processes all;
  for (const Block& block : recording.blocks) {
    for (const Process& process : (block.*side).processes) {
      all.push_back(&process);
    }
  }
  return all;
}

Processes Slice(const Processes& processes, size_t begin, size_t count) {
  const size_t from = std::min(begin, processes.size());
  const size_t to = std::min(begin + count, processes.size());
  return Processes(processes.begin() + static_cast<std::ptrdiff_t>(from),
                   processes.begin() + static_cast<std::ptrdiff_t>(to));
}

}  // namespace

bool ReadRecording(const std::vector<std::string>& folders,
                   Recording* recording, std::string* error) {
  for (const std::string& folder : folders) {
    Block block;
    std::vector<std::string> warnings;
    if (!ReadSide({folder + "/old"}, "old", &recording->functions,
                  &block.old_side, &warnings, error) ||
        !ReadSide({folder + "/new"}, "new", &recording->functions,
                  &block.new_side, &warnings, error)) {
      return false;
    }
    recording->blocks.push_back(std::move(block));
  }
  return true;
}

Tally CountFalseAlarms(const Recording& recording, const Planted& planted,
                       const Draws& draws) {
  std::mt19937_64 random(1);  // the same draws for everybody
  Processes old_processes = All(recording, &Block::old_side);
  Processes new_processes = All(recording, &Block::new_side);
  Comparer comparer(recording, planted, draws.is_alone);
  for (int i = 0; i < draws.count; ++i) {
    // Both programs in turns: one of them may be luckier than the other.
    Processes& drawn = i % 2 == 0 ? old_processes : new_processes;
    std::shuffle(drawn.begin(), drawn.end(), random);
    comparer.Compare(Slice(drawn, 0, draws.processes),
                     Slice(drawn, draws.processes, draws.processes));
  }
  return comparer.tally();
}

Tally CountFound(const Recording& recording, const Planted& planted,
                 const Draws& draws) {
  std::mt19937_64 random(2);
  Processes old_processes = All(recording, &Block::old_side);
  Processes new_processes = All(recording, &Block::new_side);
  Comparer comparer(recording, planted, draws.is_alone);
  for (int i = 0; i < draws.count; ++i) {
    std::shuffle(old_processes.begin(), old_processes.end(), random);
    std::shuffle(new_processes.begin(), new_processes.end(), random);
    comparer.Compare(Slice(old_processes, 0, draws.processes),
                     Slice(new_processes, 0, draws.processes));
  }
  return comparer.tally();
}

Tally CountRealFalseAlarms(const Recording& recording, const Planted& planted,
                           bool is_alone) {
  Comparer comparer(recording, planted, is_alone);
  for (size_t i = 0; i + 1 < recording.blocks.size(); i += 2) {
    for (Side Block::*side : {&Block::old_side, &Block::new_side}) {
      Processes turns[2];
      for (const size_t block : {i, i + 1}) {
        const Side& from = recording.blocks[block].*side;
        for (size_t j = 0; j < from.processes.size(); ++j) {
          turns[j % 2].push_back(&from.processes[j]);
        }
      }
      comparer.Compare(turns[0], turns[1]);
    }
  }
  return comparer.tally();
}

Tally CountReallyFound(const Recording& recording, const Planted& planted,
                       bool is_alone) {
  Comparer comparer(recording, planted, is_alone);
  for (const Block& block : recording.blocks) {
    Processes sides[2];
    for (const Process& one : block.old_side.processes) {
      sides[0].push_back(&one);
    }
    for (const Process& one : block.new_side.processes) {
      sides[1].push_back(&one);
    }
    comparer.Compare(sides[0], sides[1]);
  }
  return comparer.tally();
}

Measured MeasureAll(const Recording& recording, const Planted& planted) {
  const Comparison comparison =
      Compare(SideOf(All(recording, &Block::old_side), &planted),
              SideOf(All(recording, &Block::new_side), &planted),
              recording.functions, {});
  Measured measured;
  for (const BenchmarkComparison& benchmark : comparison.benchmarks) {
    if (benchmark.measures.empty()) continue;
    const MeasureComparison& time = benchmark.measures.front();
    measured.benchmark = time.change;
    for (const FunctionChange& function : time.functions) {
      if (!IsNamed(function.full_name, planted.function)) continue;
      measured.function = function.change;
      break;
    }
  }
  return measured;
}

}  // namespace bench_profiler
