// Runs programs in turns, and compares what they measured of themselves.
//
//   const std::vector<Figures> nanos = RunInTurns(
//       {{{"plain"}, {}}, {{"enabled", "--cpuprofile=cpu.prof"}, {}}}, rounds,
//       [](const ProgramResult& run) { return CpuNanos(run, "BM_Loop"); });
//   Median(Ratios(nanos[1], nanos[0]));  // 1.01: one per cent slower
//
// A machine drifts: what ran in the same round is compared, and the order of a
// round is that of the one before, reversed.
#ifndef BENCH_PROFILER_TESTS_BENCHMARKS_PAIRED_RUNS_H_
#define BENCH_PROFILER_TESTS_BENCHMARKS_PAIRED_RUNS_H_

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/benchmarks/quantile.h"
#include "tests/support/program.h"

namespace bench_profiler {

struct Subject {
  std::vector<std::string> command;
  std::vector<std::pair<std::string, std::string>> environment;  // added
};

// One of each round. Empty if a run gave none.
using Figures = std::vector<double>;
using Figure = std::optional<double>;

// The figures of each of `subjects`, in their order. All run in one temporary
// folder. One that gives no figure is not run again.
std::vector<Figures> RunInTurns(
    const std::vector<Subject>& subjects, int rounds,
    const std::function<Figure(const ProgramResult&)>& figure);

// Of each round. Empty if one of the two is.
Figures Ratios(const Figures& numerators, const Figures& denominators);

// What follows `key` in the program's output, "ns/op " in "ns/op 12.3".
Figure NumberAfter(const ProgramResult& run, const std::string& key);

// CPU time of an iteration of the first benchmark whose name starts with
// `name`, of a program that ran with --benchmark_format=csv.
Figure CpuNanos(const ProgramResult& run, const std::string& name);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_BENCHMARKS_PAIRED_RUNS_H_
