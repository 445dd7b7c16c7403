// What the block profile and the mutex profile cost a program that does nothing
// but lock and unlock.
//
//   build/dev/tests/benchmarks/lock_overhead [rounds]      (default 15)
//
// Each round runs every variant once, in turn. Each line: nanoseconds of a lock
// with its unlock, and the median over the rounds of the ratio to the plain
// program in the same round, with quartiles. lock_subject.cc says what is run.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "tests/benchmarks/paired_runs.h"

namespace bench_profiler {
namespace {

struct Variant {
  const char* title;
  Subject subject;
};

std::vector<Variant> Variants() {
  const std::string plain = SUBJECTS + std::string("/lock_plain");
  const std::string enabled = SUBJECTS + std::string("/lock_enabled");
  const auto block = "--blockprofile=block.prof";
  const auto mutex = "--mutexprofile=mutex.prof";
  return {
      {"without the profiler", {{plain}, {}}},
      {"the same again: noise", {{plain}, {}}},
      {"linked, no flag", {{enabled}, {}}},
      {"--blockprofile", {{enabled, block}, {}}},
      {"--mutexprofile", {{enabled, mutex}, {}}},
      {"both", {{enabled, block, mutex}, {}}},
  };
}

void Compare(const char* pattern, const char* threads, int rounds) {
  const std::vector<Variant> variants = Variants();
  std::vector<Subject> subjects;
  for (const Variant& variant : variants) {
    subjects.push_back(variant.subject);
    std::vector<std::string>& command = subjects.back().command;
    command.insert(command.end(), {pattern, threads, "300"});
  }
  const std::vector<Figures> nanos = RunInTurns(
      subjects, rounds,
      [](const ProgramResult& run) { return NumberAfter(run, "ns/op "); });
  std::printf("%s, %s thread(s), %d rounds\n", pattern, threads, rounds);
  for (size_t i = 0; i < variants.size(); ++i) {
    const Figures ratios = Ratios(nanos[i], nanos[0]);
    if (ratios.empty()) continue;
    std::printf("  %-24s %9.2f ns %8.3f x  [%.3f %.3f]\n", variants[i].title,
                Median(nanos[i]), Median(ratios), Quantile(ratios, 0.25),
                Quantile(ratios, 0.75));
  }
  std::fflush(stdout);
}

}  // namespace
}  // namespace bench_profiler

int main(int argc, char** argv) {
  using namespace bench_profiler;  // NOLINT(google-build-using-namespace)
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 15;
  for (const char* pattern : {"mutex", "library", "shared", "exclusive"}) {
    for (const char* threads : {"1", "2"}) Compare(pattern, threads, rounds);
  }
  for (const char* threads : {"2", "4", "8"}) {
    Compare("contended", threads, rounds);
  }
  return 0;
}
