// What profiling costs: pairs of runs of the same benchmark, with and without,
// one after the other in alternating order, and the median of their ratios.
//
//   build/dev/tests/benchmarks/overhead [pairs]      (default 15)
//
// Each line: the slow-down of the first variant against the second as the
// median of the pairs, with the quartiles, which tell how much of it is noise.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "tests/benchmarks/paired_runs.h"

namespace bench_profiler {
namespace {

Subject Program(const std::string& program,
                const std::vector<std::string>& flags = {}) {
  Subject subject;
  subject.command = {SUBJECTS + ("/" + program), "--benchmark_format=csv"};
  subject.command.insert(subject.command.end(), flags.begin(), flags.end());
  return subject;
}

void Compare(const char* title, const Subject& a, const Subject& b, int pairs) {
  const std::vector<Figures> nanos = RunInTurns(
      {a, b}, pairs,
      [](const ProgramResult& run) { return CpuNanos(run, "BM_Depth30"); });
  Figures slow_downs = Ratios(nanos[0], nanos[1]);
  if (slow_downs.empty()) {
    std::printf("%-58s not measured: a run failed\n", title);
    return;
  }
  for (double& each : slow_downs) each = 100 * (each - 1);
  std::printf("%-58s %+6.2f %%   (quartiles %+.2f, %+.2f; %d pairs)\n", title,
              Median(slow_downs), Quantile(slow_downs, 0.25),
              Quantile(slow_downs, 0.75), pairs);
  std::fflush(stdout);
}

void CompareAll(int pairs) {
  const Subject plain = Program("overhead_plain");
  const Subject linked = Program("overhead_enabled");
  const Subject profiled =
      Program("overhead_enabled", {"--cpuprofile=cpu.prof"});
  const Subject task_clock =
      Program("overhead_enabled",
              {"--cpuprofile=cpu.prof", "--cpuprofileclock=task-clock"});
  const Subject empty_handler = Program("overhead_empty_handler");
  Compare("noise: without the profiler, against itself", plain, plain, pairs);
  Compare("linked, no flag, against without", linked, plain, pairs);
  Compare("--cpuprofile, against no flag", profiled, linked, pairs);
  Compare("task-clock at 1000 Hz, against no flag", task_clock, linked, pairs);
  Compare("task-clock at 1000 Hz, against an empty handler", task_clock,
          empty_handler, pairs);
  const Subject throw_plain = Program("throw_plain");
  const Subject throw_linked = Program("throw_enabled");
  const Subject throw_profiled =
      Program("throw_enabled", {"--cpuprofile=cpu.prof"});
  Compare("throw and catch: linked, no flag, against without", throw_linked,
          throw_plain, pairs);
  Compare("throw and catch: --cpuprofile, against without", throw_profiled,
          throw_plain, pairs);
#ifdef HAVE_GPERFTOOLS
  const Subject gperftools_off = Program("overhead_gperftools");
  Subject gperftools = gperftools_off;
  gperftools.environment = {{"CPUPROFILE", "gperftools.prof"}};
  Compare("gperftools at its 100 Hz, against without CPUPROFILE", gperftools,
          gperftools_off, pairs);
  Compare("--cpuprofile, against gperftools at its 100 Hz", profiled,
          gperftools, pairs);
#endif
}

}  // namespace
}  // namespace bench_profiler

int main(int argc, char** argv) {
  bench_profiler::CompareAll(argc > 1 ? std::atoi(argv[1]) : 15);
  return 0;
}
