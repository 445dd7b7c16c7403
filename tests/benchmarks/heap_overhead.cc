// What heap profiles and --benchmem cost a program that does nothing but
// allocate, beside what other heap profilers cost it.
//
//   build/dev/tests/benchmarks/heap_overhead [rounds]      (default 9)
//
// Each round runs every variant once, in turn. Each line: CPU nanoseconds per
// operation, and the median over the rounds of the ratio to the variant's base
// in the same round. heap_subject.cc says what "pair" and "ring" are. Two such
// runs of one program differ by several per cent. What the hooks cost is in the
// lines before these: there both are measured in one process
// (heap_turns_subject.cc), with the quartiles over the rounds.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "tests/benchmarks/paired_runs.h"

namespace bench_profiler {
namespace {

struct Variant {
  const char* title;
  size_t base;  // index of what it is compared with
  Subject subject;
};

std::vector<Variant> Variants() {
  const std::string plain = SUBJECTS + std::string("/heap_plain");
  const std::string enabled = SUBJECTS + std::string("/heap_enabled");
  const std::string tcmalloc = "libtcmalloc.so.4";
  const std::string jemalloc = "libjemalloc.so.2";
  const auto mem = "--memprofile=mem.prof";
  return {
      {"glibc's malloc, without the profiler", 0, {{plain}, {}}},
      {"the same again: noise", 0, {{plain}, {}}},
      {"linked, no flag", 0, {{enabled}, {}}},
      {"--benchmem", 0, {{enabled, "--benchmem"}, {}}},
      {"--memprofile, 512 KiB", 0, {{enabled, mem}, {}}},
      {"--memprofile --benchmem", 0, {{enabled, mem, "--benchmem"}, {}}},
      {"--memprofilerate=1", 0, {{enabled, mem, "--memprofilerate=1"}, {}}},
      {"tcmalloc", 7, {{plain}, {{"LD_PRELOAD", tcmalloc}}}},
      {"tcmalloc, sampling at 512 KiB",
       7,
       {{plain},
        {{"LD_PRELOAD", tcmalloc}, {"TCMALLOC_SAMPLE_PARAMETER", "524288"}}}},
      {"jemalloc", 9, {{plain}, {{"LD_PRELOAD", jemalloc}}}},
      {"jemalloc, prof, lg_prof_sample:19",
       9,
       {{plain},
        {{"LD_PRELOAD", jemalloc},
         {"MALLOC_CONF", "prof:true,lg_prof_sample:19"}}}},
      {"jemalloc, prof, lg_prof_sample:0",
       9,
       {{plain},
        {{"LD_PRELOAD", jemalloc},
         {"MALLOC_CONF", "prof:true,lg_prof_sample:0"}}}},
  };
}

// CPU nanoseconds of an operation.
Figure NanosOf(const ProgramResult& run) {
  // ld.so says so and goes on.
  if (run.err.find("LD_PRELOAD") != std::string::npos) return {};
  return NumberAfter(run, "ns/op ");
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
  return NanosOf(result) ? seconds : -1;
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

// Every allocation recorded, of ever more different sizes.
void CompareRows(int rounds) {
  const std::string enabled = SUBJECTS + std::string("/heap_rows_enabled");
  std::printf("--memprofilerate=1, ns per operation, by different sizes:");
  for (const char* sizes : {"1000", "10000", "100000", "1000000"}) {
    const std::vector<std::string> without = {enabled, sizes, "500"};
    const std::vector<std::string> with = {enabled, "--memprofile=mem.prof",
                                           "--memprofilerate=1", sizes, "500"};
    const std::vector<Figures> nanos =
        RunInTurns({{with, {}}, {without, {}}}, rounds, NanosOf);
    std::printf(" %s: %.0f (%.0f without)", sizes, Median(nanos[0]),
                Median(nanos[1]));
    std::fflush(stdout);
  }
  std::printf("\n");
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
    const Figure kib = NumberAfter(RunProgram(command, options), "peak KiB ");
    std::printf(" %s %.1f MiB", profiled ? "with --memprofile" : "without",
                kib.value_or(-1024) / 1024);
  }
  std::printf("\n");
}

void Compare(const char* pattern, const char* threads, int rounds) {
  const std::vector<Variant> variants = Variants();
  std::vector<Subject> subjects;
  for (const Variant& variant : variants) {
    subjects.push_back(variant.subject);
    std::vector<std::string>& command = subjects.back().command;
    command.insert(command.end(), {pattern, threads, "300"});
  }
  const std::vector<Figures> nanos = RunInTurns(subjects, rounds, NanosOf);
  std::printf("%s, %s threads, %d rounds\n", pattern, threads, rounds);
  for (size_t i = 0; i < variants.size(); ++i) {
    const Figures ratios = Ratios(nanos[i], nanos[variants[i].base]);
    if (ratios.empty()) {
      std::printf("  %-38s not here\n", variants[i].title);
    } else {
      std::printf("  %-38s %9.2f ns %8.2f x\n", variants[i].title,
                  Median(nanos[i]), Median(ratios));
    }
  }
  std::fflush(stdout);
}

void CompareInOneProcess(const char* threads, int rounds) {
  const std::string plain = SUBJECTS + std::string("/heap_turns_plain");
  const std::string enabled = SUBJECTS + std::string("/heap_turns_enabled");
  const std::vector<std::pair<const char*, Subject>> variants = {
      {"without the profiler: noise", {{plain}, {}}},
      {"linked, no flag", {{enabled}, {}}},
      {"--benchmem", {{enabled, "--benchmem"}, {}}},
      {"--memprofile, 512 KiB", {{enabled, "--memprofile=mem.prof"}, {}}}};
  std::vector<Subject> subjects;
  for (const auto& [title, subject] : variants) {
    subjects.push_back(subject);
    std::vector<std::string>& command = subjects.back().command;
    command.insert(command.end(), {threads, "300"});
  }
  const std::vector<Figures> ratios = RunInTurns(
      subjects, rounds,
      [](const ProgramResult& run) { return NumberAfter(run, "ratio "); });
  std::printf("ring in one process, %s threads, %d rounds\n", threads, rounds);
  for (size_t i = 0; i < variants.size(); ++i) {
    std::printf("  %-38s %8.3f x [%.3f %.3f]\n", variants[i].first,
                Median(ratios[i]), Quantile(ratios[i], 0.25),
                Quantile(ratios[i], 0.75));
  }
  std::fflush(stdout);
}

// CPU nanoseconds an iteration of a benchmark that pauses in each, with and
// without --benchmem.
void ComparePauses(int rounds) {
  std::printf("PauseTiming and ResumeTiming in each iteration, CPU ns:\n");
  for (const char* threads : {"0/0", "500/0", "0/8"}) {
    const std::vector<std::string> command = {
        HEAP_BENCH, "--benchmark_format=csv",
        std::string("--benchmark_filter=BM_PausedBesideThreads/") + threads};
    std::vector<std::string> with_benchmem = command;
    with_benchmem.emplace_back("--benchmem");
    const std::vector<Figures> nanos = RunInTurns(
        {{command, {}}, {with_benchmem, {}}}, rounds,
        [](const ProgramResult& run) { return CpuNanos(run, "BM_"); });
    const Figures ratios = Ratios(nanos[1], nanos[0]);
    if (ratios.empty()) continue;
    std::printf(
        "  threads before and beside: %-6s without %.0f, --benchmem %.0f, "
        "%.2f x\n",
        threads, Median(nanos[0]), Median(nanos[1]), Median(ratios));
  }
}

}  // namespace
}  // namespace bench_profiler

int main(int argc, char** argv) {
  using namespace bench_profiler;
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 9;
  for (const char* threads : {"1", "2", "4"}) {
    CompareInOneProcess(threads, rounds);
  }
  Compare("pair", "1", rounds);
  for (const char* threads : {"1", "2", "4"}) Compare("ring", threads, rounds);
  for (const char* threads : {"1", "2"}) CompareEveryAllocation(threads);
  CompareRows(rounds);
  CompareMemory();
  ComparePauses(rounds);
  return 0;
}
