// Whether a change has made profiling slower: runs the programs of two build
// folders in turns.
//
//   git worktree add ../before COMMIT    # and build it as this one
//   build/dev/tests/benchmarks/compare_builds ../before/build/dev build/dev
//   [rounds]
//
// Each line: the median over the rounds (15 by default) of the second build's
// figure by the first one's, and the quartiles. "noise" is the first build
// against itself.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tests/benchmarks/paired_runs.h"

namespace bench_profiler {
namespace {

struct Comparison {
  const char* title;
  const char* program;  // in tests/benchmarks/
  std::vector<std::string> arguments;
  std::function<Figure(const ProgramResult&)> figure;
};

Figure NanosOfLoop(const ProgramResult& run) {
  return CpuNanos(run, "BM_Depth30");
}
Figure NanosOfOperation(const ProgramResult& run) {
  return NumberAfter(run, "ns/op ");
}
Figure MicrosOfBenchmark(const ProgramResult& run) {
  return NumberAfter(run, "1000 benchmarks:");
}

std::vector<Comparison> Comparisons() {
  const std::string csv = "--benchmark_format=csv";
  const std::string cpu = "--cpuprofile=cpu.prof";
  const std::string mem = "--memprofile=mem.prof";
  return {
      {"a loop, no flag", "overhead_enabled", {csv}, NanosOfLoop},
      {"a loop, --cpuprofile", "overhead_enabled", {csv, cpu}, NanosOfLoop},
      {"a benchmark of 1000, outside its loop, --cpuprofile",
       "many_benchmarks",
       {cpu},
       MicrosOfBenchmark},
      {"allocations, no flag",
       "heap_enabled",
       {"ring", "1", "300"},
       NanosOfOperation},
      {"allocations, --benchmem",
       "heap_enabled",
       {"--benchmem", "ring", "1", "300"},
       NanosOfOperation},
      {"allocations, --memprofile",
       "heap_enabled",
       {mem, "ring", "1", "300"},
       NanosOfOperation},
      {"allocations, --memprofile, 4 threads",
       "heap_enabled",
       {mem, "ring", "4", "300"},
       NanosOfOperation},
      {"allocations, --memprofilerate=1",
       "heap_enabled",
       {mem, "--memprofilerate=1", "ring", "1", "300"},
       NanosOfOperation},
  };
}

void Print(const char* title, const Figures& ratios) {
  if (ratios.empty()) {
    std::printf("%-52s not measured: a run failed\n", title);
    return;
  }
  std::printf("%-52s %6.3f x [%.3f %.3f]\n", title, Median(ratios),
              Quantile(ratios, 0.25), Quantile(ratios, 0.75));
}

void Compare(const Comparison& comparison, const std::string& before,
             const std::string& after, int rounds) {
  std::vector<Subject> subjects;
  for (const std::string& build : {before, before, after}) {
    const auto programs = std::filesystem::absolute(build) / "tests/benchmarks";
    std::vector<std::string> command = {programs / comparison.program};
    command.insert(command.end(), comparison.arguments.begin(),
                   comparison.arguments.end());
    subjects.push_back({std::move(command), {}});
  }
  const std::vector<Figures> figures =
      RunInTurns(subjects, rounds, comparison.figure);
  Print(comparison.title, Ratios(figures[2], figures[0]));
  Print("  noise", Ratios(figures[1], figures[0]));
  std::fflush(stdout);
}

}  // namespace
}  // namespace bench_profiler

int main(int argc, char** argv) {
  using namespace bench_profiler;
  if (argc < 3) {
    std::fprintf(stderr, "usage: %s OLD_BUILD NEW_BUILD [rounds]\n", argv[0]);
    return 2;
  }
  for (const Comparison& comparison : Comparisons()) {
    Compare(comparison, argv[1], argv[2], argc > 3 ? std::atoi(argv[3]) : 15);
  }
  return 0;
}
