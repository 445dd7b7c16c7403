// Comparisons of runs that are random numbers, of which it is known what
// changed: how often something is reported that did not, and is found that did.
// The numbers are the same each time, so that no test fails by chance.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "bench_profiler/compare/compare.h"
#include "bench_profiler/compare/importance.h"
#include "simulated_suite.h"

namespace bench_profiler {
namespace {

constexpr int kComparisons = 100;
constexpr int kProcesses = 10;

bool ReportsAnything(const Comparison& comparison) {
  for (const BenchmarkComparison& benchmark : comparison.benchmarks) {
    for (const MeasureComparison& measure : benchmark.measures) {
      if (IsChanged(measure.verdict)) return true;
      for (const FunctionChange& function : measure.functions) {
        if (IsChanged(function.verdict)) return true;
      }
    }
  }
  return false;
}

int FalseAlarms(const SimulatedSuite& suite, uint64_t seed) {
  const FunctionTable functions = suite.Functions();
  Random random(seed);
  int alarms = 0;
  for (int i = 0; i < kComparisons; ++i) {
    const Side old_side = suite.Run(kProcesses, {}, &random);
    const Side new_side = suite.Run(kProcesses, {}, &random);
    alarms +=
        ReportsAnything(Compare(old_side, new_side, functions, {})) ? 1 : 0;
  }
  return alarms;
}

struct Found {
  int first = 0;   // the function leads the list
  int named = 0;   // and it is said to be slower
  int slower = 0;  // the benchmark is said to be slower
  int others = 0;  // comparisons in which an innocent function is
};

Found Find(const SimulatedSuite& suite, uint32_t culprit, double more,
           uint64_t seed) {
  const FunctionTable functions = suite.Functions();
  Random random(seed);
  Found found;
  for (int i = 0; i < kComparisons; ++i) {
    const Side old_side = suite.Run(kProcesses, {}, &random);
    const Side new_side = suite.Run(kProcesses, {{culprit, more}}, &random);
    const Comparison comparison = Compare(old_side, new_side, functions, {});
    const MeasureComparison& time = comparison.benchmarks[0].measures[0];
    const FunctionChange& leader = time.functions[0];
    const bool is_first = leader.function == culprit;
    found.first += is_first ? 1 : 0;
    found.named += is_first && leader.verdict == Verdict::kSlower ? 1 : 0;
    found.slower += time.verdict == Verdict::kSlower ? 1 : 0;
    bool is_other_named = false;
    for (const FunctionChange& function : time.functions) {
      if (function.function == culprit) continue;
      is_other_named = is_other_named || IsChanged(function.verdict);
    }
    found.others += is_other_named ? 1 : 0;
  }
  return found;
}

// Forty functions of which each costs 15 % less than the one before.
SimulatedSuite SkewedSuite() {
  SimulatedSuite suite;
  suite.shares.clear();
  double all = 0;
  for (int i = 0; i < 40; ++i) {
    suite.shares.push_back(std::pow(0.85, i));
    all += suite.shares.back();
  }
  for (double& share : suite.shares) share /= all;
  return suite;
}

// The promise: any report in at most 5 of 100.
TEST(Simulation, SameProgramTwiceIsSilent) {
  for (const double noise : {0.0, 0.01, 0.02}) {
    SimulatedSuite suite;
    suite.process_noise = noise;
    EXPECT_LE(FalseAlarms(suite, 1), 5) << noise;
  }
  SimulatedSuite skewed = SkewedSuite();
  skewed.benchmarks = 4;
  EXPECT_LE(FalseAlarms(skewed, 2), 5);
}

// Functions whose cost depends on where their memory lies differ by more than
// sampling makes, and that is not to be taken for a change.
TEST(Simulation, ProcessesThatDifferAreSilent) {
  SimulatedSuite suite;
  suite.benchmarks = 4;
  suite.function_noise = 0.05;
  suite.samples = 5000;
  EXPECT_LE(FalseAlarms(suite, 3), 5);
}

// A function that is nearly all of a benchmark has all of its noise, however
// many samples say how large its share is.
TEST(Simulation, OneFunctionIsSilent) {
  SimulatedSuite suite;
  suite.benchmarks = 4;
  suite.shares = {0.97, 0.03};
  suite.process_noise = 0.045;
  suite.samples = 20000;
  EXPECT_LE(FalseAlarms(suite, 4), 5);
}

struct Promise {
  double more;
  double samples;  // in a process, at 250 a second
};
constexpr Promise kPromises[] = {{0.03, 500}, {0.05, 250}, {0.10, 75}};

// One of ten functions makes the benchmark slower: it is the first in 95 of
// 100, and said to be slower where the time is, if processes differ by 1 %.
TEST(Simulation, TheCulpritIsFirst) {
  for (const Promise& promise : kPromises) {
    SimulatedSuite suite;
    suite.benchmarks = 4;
    suite.samples = promise.samples;
    const Found found = Find(suite, 3, promise.more, 5);
    EXPECT_GE(found.first, 95) << promise.more;
    EXPECT_GE(found.named, 75) << promise.more;
    EXPECT_GE(found.slower, 90) << promise.more;
    EXPECT_LE(found.others, 10) << promise.more;
  }
}

TEST(Simulation, TheCulpritOfManyIsFirst) {
  for (const Promise& promise : kPromises) {
    SimulatedSuite suite = SkewedSuite();
    suite.benchmarks = 2;
    suite.samples = promise.samples;
    const Found found = Find(suite, 2, promise.more, 6);
    EXPECT_GE(found.first, 95) << promise.more;
    EXPECT_LE(found.others, 10) << promise.more;
  }
}

// On a machine so noisy that times tell nothing, shares still do.
TEST(Simulation, SharesSeeWhatTimeCannot) {
  SimulatedSuite suite;
  suite.benchmarks = 2;
  suite.process_noise = 0.045;
  suite.samples = 1000;
  const Found found = Find(suite, 3, 0.05, 7);
  EXPECT_LE(found.slower, 40);
  EXPECT_GE(found.first, 95);
  EXPECT_GE(found.named, 95);
}

// `detectable` is what it says: of such a change 95 of 100 are found.
TEST(Simulation, WhatIsDetectableIsFound) {
  SimulatedSuite suite;
  suite.benchmarks = 2;
  suite.process_noise = 0.045;
  Random random(8);
  const Side side = suite.Run(kProcesses, {}, &random);
  const Comparison comparison = Compare(side, side, suite.Functions(), {});
  const double more = comparison.benchmarks[0].measures[0].detectable;
  EXPECT_GT(more, 0.03);
  EXPECT_LT(more, 0.08);
  const int named = Find(suite, 3, more, 9).named;
  EXPECT_GE(named, 85);
}

}  // namespace
}  // namespace bench_profiler
