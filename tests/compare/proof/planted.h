// Slow-downs of a known size, in a known function.
#ifndef BENCH_PROFILER_TESTS_COMPARE_PROOF_PLANTED_H_
#define BENCH_PROFILER_TESTS_COMPARE_PROOF_PLANTED_H_

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

// Work that nothing takes away, about a cycle a step. A macro and no function:
// an inlined function would get the cost that is meant for its caller. Old and
// new differ in the number only, so that nothing else moves.
#define PLANTED_STEPS(steps)                                         \
  for (int planted_step = 0; planted_step < (steps); ++planted_step) \
  asm volatile("" : "+r"(planted_step))

// Makes a benchmark run for exactly so many iterations as PROOF_ITERATIONS_N
// says: the proof is about processes that ran for a second, and Google
// Benchmark's own choice is between 1 and 1.4 of them.
template <int kNumber>
void IterationsOf(benchmark::internal::Benchmark* benchmark) {
  const std::string variable = "PROOF_ITERATIONS_" + std::to_string(kNumber);
  const char* iterations = std::getenv(variable.c_str());
  if (iterations != nullptr) benchmark->Iterations(std::atoll(iterations));
}

#endif  // BENCH_PROFILER_TESTS_COMPARE_PROOF_PLANTED_H_
