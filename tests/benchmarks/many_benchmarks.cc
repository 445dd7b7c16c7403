// A suite of 1000 benchmarks, which prints what each hundred of them costs
// outside of their loops, and the resident memory after it.
//
//   build/dev/tests/benchmarks/many_benchmarks --cpuprofile=cpu.prof
//
// Run it without the flag too: the difference is the profiler's.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>

namespace {

// A pattern of its own for each benchmark, so that stacks are not all the same.
__attribute__((noinline)) uint64_t Work(uint64_t state, int64_t which) {
  for (int64_t i = 0; i < 2000; ++i) {
    state ^= state << 13;
    if ((i & which) == 0) state ^= state >> 7;
    state ^= state << 17;
  }
  return state;
}

void BM_One(benchmark::State& state) {
  uint64_t value = 88172645463325252u;
  for (auto _ : state) {
    benchmark::DoNotOptimize(value = Work(value, state.range(0)));
  }
}
BENCHMARK(BM_One)->DenseRange(0, 999, 1)->Iterations(2000);

long ResidentKib() {
  long pages = 0;
  long resident = 0;
  if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%ld %ld", &pages, &resident) != 2) resident = 0;
    std::fclose(file);
  }
  return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

class CostReporter : public benchmark::ConsoleReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) loops_ += run.real_accumulated_time;
    if (++count_ % 100 != 0) return;
    const auto now = std::chrono::steady_clock::now();
    const double seconds =
        std::chrono::duration<double>(now - last_).count() - loops_;
    std::printf("%4d benchmarks: %6.1f us each outside the loop, %ld KiB\n",
                count_, seconds * 1e6 / 100, ResidentKib());
    last_ = now;
    loops_ = 0;
  }

 private:
  std::chrono::steady_clock::time_point last_ =
      std::chrono::steady_clock::now();
  double loops_ = 0;
  int count_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  CostReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
}
