// What profiling costs: pairs of runs of the same benchmark, with and without,
// one after the other in alternating order, and the median of their ratios.
//
//   build/dev/tests/benchmarks/overhead [pairs]      (default 15)
//
// Each line: the slow-down of the first variant against the second as the
// median of the pairs, with the quartiles, which tell how much of it is noise.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/program.h"

namespace {

using bench_profiler::ProgramOptions;
using bench_profiler::ProgramResult;
using bench_profiler::RunProgram;
using bench_profiler::TemporaryFolder;

struct Variant {
  std::string program;
  std::vector<std::string> flags;
  std::vector<std::pair<std::string, std::string>> environment;
};

// CPU nanoseconds an iteration, as the benchmark reports; negative on failure.
double CpuNanos(const Variant& variant, const TemporaryFolder& folder) {
  std::vector<std::string> arguments = {SUBJECTS + ("/" + variant.program),
                                        "--benchmark_format=csv"};
  for (const std::string& flag : variant.flags) arguments.push_back(flag);
  ProgramOptions options;
  options.directory = folder.path();
  options.environment = variant.environment;
  const ProgramResult result = RunProgram(arguments, options);
  // name,iterations,real_time,cpu_time,...
  size_t at = result.out.find("\"BM_Depth30");
  for (int comma = 0; comma < 3 && at != std::string::npos; ++comma) {
    at = result.out.find(',', at) + 1;
  }
  if (at == std::string::npos || result.exit_code != 0) return -1;
  return std::atof(result.out.c_str() + at);
}

double Quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<size_t>(share *
                                    static_cast<double>(values.size() - 1))];
}

void Compare(const char* title, const Variant& a, const Variant& b, int pairs) {
  const TemporaryFolder folder;
  std::vector<double> slow_downs;
  for (int i = 0; i < pairs; ++i) {
    // The order alternates, so that a drift of the machine cancels out.
    double first = CpuNanos(i % 2 == 0 ? a : b, folder);
    double second = CpuNanos(i % 2 == 0 ? b : a, folder);
    if (i % 2 != 0) std::swap(first, second);
    if (first < 0 || second < 0) {
      std::printf("%-58s not measured: a run failed\n", title);
      return;
    }
    slow_downs.push_back(100 * (first / second - 1));
  }
  std::printf("%-58s %+6.2f %%   (quartiles %+.2f, %+.2f; %d pairs)\n", title,
              Quantile(slow_downs, 0.5), Quantile(slow_downs, 0.25),
              Quantile(slow_downs, 0.75), pairs);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const int pairs = argc > 1 ? std::atoi(argv[1]) : 15;
  const Variant plain = {"overhead_plain", {}, {}};
  const Variant linked = {"overhead_enabled", {}, {}};
  const Variant profiled = {"overhead_enabled", {"--cpuprofile=cpu.prof"}, {}};
  const Variant task_clock = {
      "overhead_enabled",
      {"--cpuprofile=cpu.prof", "--cpuprofileclock=task-clock"},
      {}};
  const Variant empty_handler = {"overhead_empty_handler", {}, {}};
  Compare("noise: without the profiler, against itself", plain, plain, pairs);
  Compare("linked, no flag, against without", linked, plain, pairs);
  Compare("--cpuprofile, against no flag", profiled, linked, pairs);
  Compare("task-clock at 1000 Hz, against no flag", task_clock, linked, pairs);
  Compare("task-clock at 1000 Hz, against an empty handler", task_clock,
          empty_handler, pairs);
  const Variant throw_plain = {"throw_plain", {}, {}};
  const Variant throw_linked = {"throw_enabled", {}, {}};
  const Variant throw_profiled = {
      "throw_enabled", {"--cpuprofile=cpu.prof"}, {}};
  Compare("throw and catch: linked, no flag, against without", throw_linked,
          throw_plain, pairs);
  Compare("throw and catch: --cpuprofile, against without", throw_profiled,
          throw_plain, pairs);
#ifdef HAVE_GPERFTOOLS
  const Variant gperftools = {
      "overhead_gperftools", {}, {{"CPUPROFILE", "gperftools.prof"}}};
  const Variant gperftools_off = {"overhead_gperftools", {}, {}};
  Compare("gperftools at its 100 Hz, against without CPUPROFILE", gperftools,
          gperftools_off, pairs);
  Compare("--cpuprofile, against gperftools at its 100 Hz", profiled,
          gperftools, pairs);
#endif
  return 0;
}
