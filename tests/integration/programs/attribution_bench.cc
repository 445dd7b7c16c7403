// Benchmarks of all shapes that the attribution has to tell apart. Knows only
// Google Benchmark. Each phase spins in a function of its own.
#include <benchmark/benchmark.h>

#include <thread>
#include <type_traits>

#include "spin.h"

namespace {

// The mark keeps the compiler from folding them into one.
#define PHASE_FUNCTION(name, mark)                  \
  __attribute__((noinline)) void name(int rounds) { \
    Spin(rounds);                                   \
    spin_sink = mark;                               \
  }
PHASE_FUNCTION(TimedWork, 1)
PHASE_FUNCTION(PausedWork, 2)
PHASE_FUNCTION(SetupWork, 3)
PHASE_FUNCTION(HelperWork, 4)

void BM_Plain(benchmark::State& state) {
  SetupWork(10000000);
  for (auto _ : state) TimedWork(static_cast<int>(state.range(0)));
}
BENCHMARK(BM_Plain)->Arg(1000)->Arg(20000);

void BM_Named(benchmark::State& state) {
  for (auto _ : state) TimedWork(static_cast<int>(state.range(0)));
}
BENCHMARK(BM_Named)->ArgName("size")->Arg(5000)->Repetitions(3);

void BM_Threads(benchmark::State& state) {
  for (auto _ : state) TimedWork(10000);
}
BENCHMARK(BM_Threads)->Threads(2)->Threads(4)->UseRealTime();

void BM_Paused(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    PausedWork(300000);
    state.ResumeTiming();
    TimedWork(100000);
  }
}
BENCHMARK(BM_Paused);

void BM_KeepRunning(benchmark::State& state) {
  while (state.KeepRunning()) TimedWork(10000);
}
BENCHMARK(BM_KeepRunning);

void BM_Batch(benchmark::State& state) {
  while (state.KeepRunningBatch(10)) {
    for (int i = 0; i < 10; ++i) TimedWork(1000);
  }
}
BENCHMARK(BM_Batch);

class Fixture : public benchmark::Fixture {
 public:
  void SetUp(const benchmark::State&) override { SetupWork(20000000); }
  void TearDown(const benchmark::State&) override { SetupWork(20000000); }
};
BENCHMARK_F(Fixture, Simple)(benchmark::State& state) {
  for (auto _ : state) TimedWork(10000);
}
BENCHMARK_DEFINE_F(Fixture, WithArgs)(benchmark::State& state) {
  for (auto _ : state) TimedWork(static_cast<int>(state.range(0)));
}
BENCHMARK_REGISTER_F(Fixture, WithArgs)->Arg(10000);

void BM_Spawn(benchmark::State& state) {
  for (auto _ : state) {
    std::thread worker([] { HelperWork(5000000); });
    worker.join();
  }
}
BENCHMARK(BM_Spawn)->MeasureProcessCPUTime()->UseRealTime();

void BM_Manual(benchmark::State& state) {
  for (auto _ : state) {
    TimedWork(100000);
    state.SetIterationTime(1e-4);
  }
}
BENCHMARK(BM_Manual)->UseManualTime();

void BM_Complexity(benchmark::State& state) {
  for (auto _ : state) TimedWork(static_cast<int>(state.range(0)));
  state.SetComplexityN(state.range(0));
}
BENCHMARK(BM_Complexity)->Arg(1000)->Arg(2000)->Complexity(benchmark::oN);

void BM_Skip(benchmark::State& state) {
  state.SkipWithError("skipped on purpose");
  for (auto _ : state) TimedWork(1000);
}
BENCHMARK(BM_Skip);

// A function since Google Benchmark 1.6, a number before.
template <class State>
bool IsFirstThread(const State& state) {
  if constexpr (std::is_member_function_pointer_v<
                    decltype(&State::thread_index)>) {
    return state.thread_index() == 0;
  } else {
    return state.thread_index == 0;
  }
}

void BM_SkipThreads(benchmark::State& state) {
  if (IsFirstThread(state)) state.SkipWithError("skipped on purpose");
  for (auto _ : state) TimedWork(1000);
}
BENCHMARK(BM_SkipThreads)->Threads(2);

void BM_Capture(benchmark::State& state, int rounds) {
  for (auto _ : state) TimedWork(rounds);
}
BENCHMARK_CAPTURE(BM_Capture, some_name, 10000);

template <class T>
void BM_Template(benchmark::State& state) {
  for (auto _ : state) TimedWork(static_cast<int>(sizeof(T)) * 1000);
}
BENCHMARK_TEMPLATE(BM_Template, double);

const auto* const registered =
    benchmark::RegisterBenchmark("BM_Lambda", [](benchmark::State& state) {
      for (auto _ : state) TimedWork(10000);
    });

}  // namespace

BENCHMARK_MAIN();
