// What heap profiles and --benchmem cost a program that does nothing but
// allocate, beside what other heap profilers cost it.
//
//   build/dev/tests/benchmarks/heap_overhead [rounds]      (default 9)
//
// Each round runs every variant once, in turn. Each line: CPU nanoseconds per
// operation, and the median over the rounds of the ratio to the variant's base
// in the same round. heap_subject.cc says what "pair" and "ring" are.
#include <algorithm>
#include <chrono>
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
  const char* title;
  size_t base;  // index of what it is compared with
  std::vector<std::string> command;
  std::vector<std::pair<std::string, std::string>> environment;
  std::vector<double> nanos;  // one of each round
};

std::vector<Variant> Variants() {
  const std::string plain = SUBJECTS + std::string("/heap_plain");
  const std::string enabled = SUBJECTS + std::string("/heap_enabled");
  const std::string tcmalloc = "libtcmalloc.so.4";
  const std::string jemalloc = "libjemalloc.so.2";
  return {
      {"glibc's malloc, without the profiler", 0, {plain}, {}, {}},
      {"the same again: noise", 0, {plain}, {}, {}},
      {"linked, no flag", 0, {enabled}, {}, {}},
      {"--benchmem", 0, {enabled, "--benchmem"}, {}, {}},
      {"--memprofile, 512 KiB", 0, {enabled, "--memprofile=mem.prof"}, {}, {}},
      {"--memprofile --benchmem",
       0,
       {enabled, "--memprofile=mem.prof", "--benchmem"},
       {},
       {}},
      {"--memprofilerate=1",
       0,
       {enabled, "--memprofile=mem.prof", "--memprofilerate=1"},
       {},
       {}},
      {"tcmalloc", 7, {plain}, {{"LD_PRELOAD", tcmalloc}}, {}},
      {"tcmalloc, sampling at 512 KiB",
       7,
       {plain},
       {{"LD_PRELOAD", tcmalloc}, {"TCMALLOC_SAMPLE_PARAMETER", "524288"}},
       {}},
      {"jemalloc", 9, {plain}, {{"LD_PRELOAD", jemalloc}}, {}},
      {"jemalloc, prof, lg_prof_sample:19",
       9,
       {plain},
       {{"LD_PRELOAD", jemalloc},
        {"MALLOC_CONF", "prof:true,lg_prof_sample:19"}},
       {}},
      {"jemalloc, prof, lg_prof_sample:0",
       9,
       {plain},
       {{"LD_PRELOAD", jemalloc},
        {"MALLOC_CONF", "prof:true,lg_prof_sample:0"}},
       {}},
  };
}

// Negative if it could not be run.
double Nanos(const Variant& variant, const char* pattern, const char* threads,
             const TemporaryFolder& folder) {
  ProgramOptions options;
  options.directory = folder.path();
  options.environment = variant.environment;
  std::vector<std::string> command = variant.command;
  command.insert(command.end(), {pattern, threads, "300"});
  const ProgramResult result = RunProgram(command, options);
  const size_t at = result.out.find("ns/op ");
  // ld.so says so and goes on.
  const bool preloaded = result.err.find("LD_PRELOAD") == std::string::npos;
  if (at == std::string::npos || !preloaded) return -1;
  return std::atof(result.out.c_str() + at + 6);
}

// Seconds from start to end of a program of five million operations, with all
// that the profiler does after it; negative if it could not be run.
double WallSeconds(std::vector<std::string> command,
                   std::vector<std::pair<std::string, std::string>> environment,
                   const char* threads) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.directory = folder.path();
  options.environment = std::move(environment);
  command.insert(command.end(), {"ring", threads, "0", "5000000"});
  const auto start = std::chrono::steady_clock::now();
  const ProgramResult result = RunProgram(command, options);
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
          .count();
  return result.out.find("ns/op ") == std::string::npos ? -1 : seconds;
}

void CompareEveryAllocation(const char* threads) {
  const std::string plain = SUBJECTS + std::string("/heap_plain");
  const std::string enabled = SUBJECTS + std::string("/heap_enabled");
  std::printf(
      "every allocation recorded, %s threads of 5 million operations: seconds "
      "from start to end\n",
      threads);
  std::printf("  without %.2f", WallSeconds({plain}, {}, threads));
  std::printf(
      ", --memprofilerate=1 %.2f",
      WallSeconds({enabled, "--memprofile=mem.prof", "--memprofilerate=1"}, {},
                  threads));
  std::printf(
      ", heaptrack %.2f",
      WallSeconds({"heaptrack", "-o", "heaptrack", plain}, {}, threads));
  std::printf(", jemalloc with lg_prof_sample:0 %.2f\n",
              WallSeconds({plain},
                          {{"LD_PRELOAD", "libjemalloc.so.2"},
                           {"MALLOC_CONF", "prof:true,lg_prof_sample:0"}},
                          threads));
  std::fflush(stdout);
}

// A hundred million allocations at the default rate.
void CompareMemory() {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.directory = folder.path();
  std::printf("most memory in use, after 100 million allocations:");
  for (const bool profiled : {false, true}) {
    std::vector<std::string> command = {
        SUBJECTS + std::string(profiled ? "/heap_enabled" : "/heap_plain"),
        "ring", "1", "0", "100000000"};
    if (profiled) command.emplace_back("--memprofile=mem.prof");
    const std::string out = RunProgram(command, options).out;
    const size_t at = out.find("peak KiB ");
    std::printf(
        " %s %.1f MiB", profiled ? "with --memprofile" : "without",
        at == std::string::npos ? -1 : std::atof(out.c_str() + at + 9) / 1024);
  }
  std::printf("\n");
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void Compare(const char* pattern, const char* threads, int rounds) {
  const TemporaryFolder folder;
  std::vector<Variant> variants = Variants();
  for (int round = 0; round < rounds; ++round) {
    for (Variant& variant : variants) {
      variant.nanos.push_back(Nanos(variant, pattern, threads, folder));
    }
  }
  std::printf("%s, %s threads, %d rounds\n", pattern, threads, rounds);
  for (const Variant& variant : variants) {
    if (variant.nanos[0] < 0) {
      std::printf("  %-38s not here\n", variant.title);
      continue;
    }
    std::vector<double> ratios;
    for (size_t i = 0; i < variant.nanos.size(); ++i) {
      ratios.push_back(variant.nanos[i] / variants[variant.base].nanos[i]);
    }
    std::printf("  %-38s %9.2f ns %8.2f x\n", variant.title,
                Median(variant.nanos), Median(ratios));
  }
  std::fflush(stdout);
}

// CPU nanoseconds an iteration of a benchmark that pauses in each, with and
// without --benchmem.
void ComparePauses(int rounds) {
  std::printf("PauseTiming and ResumeTiming in each iteration, CPU ns:\n");
  for (const char* threads : {"0/0", "500/0", "0/8"}) {
    std::vector<double> nanos[2];
    for (int run = 0; run < 2 * rounds; ++run) {
      std::vector<std::string> command = {
          HEAP_BENCH, "--benchmark_format=csv",
          std::string("--benchmark_filter=BM_PausedBesideThreads/") + threads};
      if (run % 2 != 0) command.emplace_back("--benchmem");
      const std::string out = RunProgram(command, {}).out;
      // name,iterations,real_time,cpu_time,...
      size_t at = out.find("\"BM_");
      for (int comma = 0; comma < 3 && at != std::string::npos; ++comma) {
        at = out.find(',', at) + 1;
      }
      if (at != std::string::npos) {
        nanos[run % 2].push_back(std::atof(out.c_str() + at));
      }
    }
    std::printf(
        "  threads before and beside: %-6s without %.0f, --benchmem %.0f\n",
        threads, Median(nanos[0]), Median(nanos[1]));
  }
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 9;
  Compare("pair", "1", rounds);
  for (const char* threads : {"1", "2", "4"}) Compare("ring", threads, rounds);
  for (const char* threads : {"1", "2"}) CompareEveryAllocation(threads);
  CompareMemory();
  ComparePauses(rounds);
  return 0;
}
