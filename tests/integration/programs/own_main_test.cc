// A main of the user's own for test_phases.cc: changes listeners, checks its
// arguments, and, with benchmarks linked, runs them in the order OWN_MAIN
// tells.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#ifdef WITH_BENCHMARKS
#include <benchmark/benchmark.h>

#include "spin.h"

static void BM_Work(benchmark::State& state) {
  for (auto _ : state) Spin(20000);
}
BENCHMARK(BM_Work);

// A test that runs benchmarks.
TEST(Nested, Benchmarks) {
  SpinFor(0.1);
  benchmark::RunSpecifiedBenchmarks();
  SpinFor(0.1);
}
#endif

namespace {

// Counts tests in a listener of its own, which is put first and last.
class Counter : public testing::EmptyTestEventListener {
 public:
  void OnTestStart(const testing::TestInfo&) override { ++started; }
  void OnTestEnd(const testing::TestInfo&) override { ++ended; }
  int started = 0;
  int ended = 0;
};

}  // namespace

int main(int argc, char** argv) {
#ifdef WITH_BENCHMARKS
  benchmark::Initialize(&argc, argv);
#endif
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    std::printf("unknown argument %s\n", argv[i]);
    return 2;
  }
  auto& listeners = testing::UnitTest::GetInstance()->listeners();
  auto* const counter = new Counter;
  listeners.Append(counter);
  listeners.Append(new Counter);
  delete listeners.Release(listeners.default_result_printer());
  const char* order = std::getenv("OWN_MAIN");
  int status = 0;
#ifdef WITH_BENCHMARKS
  const bool benchmarks_first =
      order != nullptr && std::string(order) == "benchmarks first";
  if (benchmarks_first) benchmark::RunSpecifiedBenchmarks();
  status = RUN_ALL_TESTS();
  if (!benchmarks_first) benchmark::RunSpecifiedBenchmarks();
#else
  (void)order;
  status = RUN_ALL_TESTS();
#endif
  std::printf("%d started, %d ended\n", counter->started, counter->ended);
  return status;
}
