// A program with a main, a reporter and a memory manager of its own. What it
// does is chosen by the environment variable OWN_MAIN.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <cstring>
#include <iostream>
#include <stdexcept>
#include <string>

#include "spin.h"

// As Google Benchmark itself has one, from 1.5 on.
namespace benchmark {
namespace internal {
namespace {

class BenchmarkRunner {
 public:
  __attribute__((noinline)) static void DoNIterations() {
    SpinFor(0.3);
    spin_sink = 1;
  }
};

}  // namespace
}  // namespace internal
}  // namespace benchmark

namespace {

__attribute__((noinline)) void TimedWork(int rounds) {
  Spin(rounds);
  spin_sink = 1;
}
__attribute__((noinline)) void MainWork() {
  SpinFor(0.3);
  spin_sink = 1;
}

void BM_Work(benchmark::State& state) {
  for (auto _ : state) TimedWork(10000);
}
BENCHMARK(BM_Work);

void BM_WorkOnThreads(benchmark::State& state) {
  for (auto _ : state) TimedWork(10000);
}
BENCHMARK(BM_WorkOnThreads)->Threads(2)->Repetitions(2);

void BM_Throws(benchmark::State& state) {
  for (auto _ : state) {
    TimedWork(200000000);
    throw std::runtime_error("out of a benchmark");
  }
}

void BM_Block(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(new char[16]);
  }
}

// As a program that builds its benchmarks from its input. Google Benchmark
// deletes them, and the next ones come to lie where they were.
void RunInTurns() {
  for (const char* name : {"BM_A", "BM_B", "BM_C", "BM_D"}) {
    benchmark::ClearRegisteredBenchmarks();
    benchmark::RegisterBenchmark(name, BM_Block)->Iterations(100);
    benchmark::RunSpecifiedBenchmarks();
  }
}

class CountingReporter : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    std::cout << "own reporter: " << runs.size() << " runs\n";
    ConsoleReporter::ReportRuns(runs);
  }
};

class NoMemoryManager : public benchmark::MemoryManager {
 public:
  // Without "override", which one of the two others is and one is not: Stop has
  // a pointer before Google Benchmark 1.9, and a reference since.
  virtual void Start() {}
  virtual void Stop(Result* result) { result->num_allocs = 42; }
  virtual void Stop(Result& result) { result.num_allocs = 42; }
};

bool Wants(const char* what) {
  const char* chosen = std::getenv("OWN_MAIN");
  return chosen != nullptr && std::strstr(chosen, what) != nullptr;
}

}  // namespace

int main(int argc, char** argv) {
  MainWork();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 3;
  NoMemoryManager manager;
  if (Wants("memory")) benchmark::RegisterMemoryManager(&manager);
  if (Wants("throw")) benchmark::RegisterBenchmark("BM_Throws", BM_Throws);
  CountingReporter reporter;
  try {
    if (Wants("hidden")) {
      benchmark::internal::BenchmarkRunner::DoNIterations();
    } else if (Wants("turns")) {
      RunInTurns();
    } else if (Wants("reporter")) {
      benchmark::RunSpecifiedBenchmarks(&reporter);
    } else {
      benchmark::RunSpecifiedBenchmarks();
    }
  } catch (const std::exception& error) {
    std::cout << "caught: " << error.what() << "\n";
    return 4;
  }
  benchmark::RegisterMemoryManager(nullptr);
  return Wants("fail") ? 5 : 0;
}
