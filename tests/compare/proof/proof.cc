// Prints how often comparisons of recorded processes find what was planted, and
// how often something that was not. tests/compare/proof.sh records them.
//
//   compare_proof [--draws=100] [--processes=10] BENCHMARK=FUNCTION... BLOCK...
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "tests/compare/proof/resampling.h"

namespace bench_profiler {
namespace {

std::string Share(int count, int all) {
  return std::to_string(count) + "/" + std::to_string(all);
}

void PrintRow(const Recording& recording, const Planted& planted,
              const Draws& draws) {
  const Measured measured = MeasureAll(recording, planted);
  const Tally alarms = CountFalseAlarms(recording, planted, draws);
  const Tally found = CountFound(recording, planted, draws);
  const Tally real_alarms =
      CountRealFalseAlarms(recording, planted, draws.is_alone);
  const Tally really_found =
      CountReallyFound(recording, planted, draws.is_alone);
  std::printf(
      "%-27s %-12s %-8s %+6.1f %% %+6.1f %%  %8s %8s %8s %8s  %8s %8s\n",
      planted.benchmark.c_str(), planted.function.c_str(),
      draws.is_alone ? "alone" : "suite", 100 * measured.benchmark,
      100 * measured.function,
      Share(alarms.reported, alarms.comparisons).c_str(),
      Share(found.benchmark_told, found.comparisons).c_str(),
      Share(found.first, found.comparisons).c_str(),
      Share(found.alone, found.comparisons).c_str(),
      Share(real_alarms.reported, real_alarms.comparisons).c_str(),
      Share(really_found.first, really_found.comparisons).c_str());
}

int Main(int argc, char** argv) {
  Draws draws;
  std::vector<Planted> all_planted;
  std::vector<std::string> folders;
  for (int i = 1; i < argc; ++i) {
    const std::string text = argv[i];
    const size_t equal = text.find('=');
    if (text.rfind("--draws=", 0) == 0) {
      draws.count = std::atoi(text.c_str() + equal + 1);
    } else if (text.rfind("--processes=", 0) == 0) {
      draws.processes =
          static_cast<size_t>(std::atoi(text.c_str() + equal + 1));
    } else if (equal != std::string::npos) {
      all_planted.push_back({text.substr(0, equal), text.substr(equal + 1)});
    } else {
      folders.push_back(text);
    }
  }
  Recording recording;
  std::string error;
  if (!ReadRecording(folders, &recording, &error)) {
    std::fprintf(stderr, "compare_proof: %s\n", error.c_str());
    return 2;
  }
  std::printf(
      "%-27s %-12s %-8s %8s %8s  %35s  %17s\n"
      "%-27s %-12s %-8s %8s %8s  %8s %8s %8s %8s  %8s %8s\n",
      "", "", "", "", "", "drawn from the recorded ones", "real", "benchmark",
      "culprit", "compared", "measured", "by it", "A/A", "slower", "first",
      "only", "A/A", "first");
  for (const bool is_alone : {true, false}) {
    draws.is_alone = is_alone;
    for (const Planted& planted : all_planted) {
      PrintRow(recording, planted, draws);
    }
  }
  return 0;
}

}  // namespace
}  // namespace bench_profiler

int main(int argc, char** argv) { return bench_profiler::Main(argc, argv); }
