// Runs of a suite that never ran: times and samples as a machine would give
// them, by random numbers that are the same each time.
//
//   SimulatedSuite suite;
//   suite.process_noise = 0.01;
//   Random random(7);
//   Side old_side = suite.Run(10, {}, &random);
//   Side new_side = suite.Run(10, {{3, 0.05}}, &random);  // function 3: +5 %
#ifndef BENCH_PROFILER_TESTS_COMPARE_SIMULATED_SUITE_H_
#define BENCH_PROFILER_TESTS_COMPARE_SIMULATED_SUITE_H_

#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "bench_profiler/compare/function_table.h"
#include "bench_profiler/compare/process.h"

namespace bench_profiler {

// The distributions of the standard library differ between its versions.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  // Splitmix64: in [0, 1).
  double Uniform() {
    state_ += 0x9e3779b97f4a7c15;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    z ^= z >> 31;
    return static_cast<double>(z >> 11) / 9007199254740992.0;
  }

  // By the method of Box and Muller.
  double Normal() {
    const double radius = std::sqrt(-2 * std::log(1 - Uniform()));
    return radius * std::cos(2 * M_PI * Uniform());
  }

  // How many of `tries` events of this probability happen: by the distances
  // between them, or if they are many by the normal distribution.
  double Binomial(double tries, double probability) {
    if (!(probability > 0)) return 0;
    if (!(probability < 1)) return tries;
    const double expected = tries * probability;
    if (expected > 9 && tries - expected > 9) {
      const double deviation = std::sqrt(expected * (1 - probability));
      const double hits = std::round(expected + deviation * Normal());
      return std::fmin(std::fmax(hits, 0), tries);
    }
    double hits = -1;
    for (double at = 0; at <= tries; ++hits) {
      at += 1 + std::floor(std::log(1 - Uniform()) / std::log1p(-probability));
    }
    return hits;
  }

 private:
  uint64_t state_;
};

struct SimulatedSuite {
  int benchmarks = 13;
  std::vector<double> shares = std::vector<double>(10, 0.1);
  double samples = 250;  // of a benchmark in a process
  double repetition_noise = 0.015;
  int repetitions = 3;
  double process_noise = 0.01;
  // How much a function's cost differs between processes.
  double function_noise = 0;

  // `slower`: what functions of the first benchmark cost more, as a part of it.
  Side Run(int processes, const std::map<uint32_t, double>& slower,
           Random* random) const {
    Side side;
    for (int i = 0; i < processes; ++i) {
      Process process;
      for (int j = 0; j < benchmarks; ++j) {
        process.benchmarks.push_back(
            RunOne(j, j == 0 ? slower : std::map<uint32_t, double>(), random));
      }
      side.processes.push_back(process);
    }
    return side;
  }

  FunctionTable Functions() const {
    FunctionTable table;
    for (size_t i = 0; i < shares.size(); ++i) {
      table.AddNameless("f" + std::to_string(i));
    }
    return table;
  }

 private:
  MeasuredBenchmark RunOne(int index, const std::map<uint32_t, double>& slower,
                           Random* random) const {
    std::vector<double> costs = shares;
    for (const auto& [function, more] : slower) costs[function] += more;
    double all = 0;
    for (double& cost : costs) {
      cost *= 1 + function_noise * random->Normal();
      all += cost;
    }
    MeasuredValue time;
    // The mean of several repetitions does for their median.
    const double noise =
        process_noise * random->Normal() +
        repetition_noise / std::sqrt(repetitions) * random->Normal();
    time.value = 1e-6 * all * std::exp(noise);
    // A binomial number for each out of what is left: a multinomial one.
    double left = samples;
    double left_cost = all;
    for (uint32_t i = 0; i < costs.size(); ++i) {
      const double self = i + 1 == costs.size()
                              ? left
                              : random->Binomial(left, costs[i] / left_cost);
      left -= self;
      left_cost -= costs[i];
      if (self > 0) time.functions[i] = {self, self};
    }
    time.samples = samples;
    MeasuredBenchmark benchmark;
    benchmark.name = "BM_" + std::to_string(index);
    benchmark.iterations = 1000;
    benchmark.measures[Measure::kTime] = time;
    return benchmark;
  }
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_COMPARE_SIMULATED_SUITE_H_
