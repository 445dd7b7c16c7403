#include "bench_profiler/command/run_warnings.h"

#include <cstdio>

namespace bench_profiler {
namespace {

// Of all processors. One busy neighbour in four shows in caches and in clocks.
constexpr double kBusy = 0.25;

// Fewer processes tell a change of 5 % from luck only on a very quiet machine:
// with 3 a side, one in three (simulated, deviation of a run 1.5 %).
constexpr int kFewRuns = 5;

}  // namespace

std::vector<std::string> RunWarnings(const MachineState& machine, int runs) {
  std::vector<std::string> lines;
  if (machine.load > kBusy * static_cast<double>(machine.processors)) {
    char text[128];
    std::snprintf(text, sizeof(text),
                  "the machine is busy: load average %.1f on %ld processor%s",
                  machine.load, machine.processors,
                  machine.processors == 1 ? "" : "s");
    lines.emplace_back(text);
  }
  if (!machine.governor.empty() && machine.governor != "performance") {
    lines.push_back("the frequency governor is " + machine.governor +
                    ": with \"performance\" times differ less");
  }
  if (machine.has_turbo) {
    lines.emplace_back(
        "turbo is on: the processor's frequency depends on how warm it is");
  }
  if (machine.has_random_layout) {
    lines.emplace_back(
        "ASLR is on: where its memory lies makes each process faster or "
        "slower, and only many runs average that");
  }
  if (runs < kFewRuns) {
    lines.push_back("few runs: with " + std::to_string(runs) +
                    " of each program only large changes can be told from "
                    "luck");
  }
  return lines;
}

}  // namespace bench_profiler
