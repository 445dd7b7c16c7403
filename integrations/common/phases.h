// The phases of benchmarks and tests: what labels call them, and which ones a
// benchmark or test is measured in.
//
//   RunScope scope(run, thread_index, kSetup);
//   SetPhase(kTimed);
#ifndef BENCH_PROFILER_INTEGRATIONS_COMMON_PHASES_H_
#define BENCH_PROFILER_INTEGRATIONS_COMMON_PHASES_H_

#include "bench_profiler/program.h"

namespace bench_profiler {

// The names of the phases below, by their indices. Phase 0 is that of
// everything outside of benchmarks and tests.
constexpr const char* kPhaseNames[] = {
    "other", "setup",    "timed",       "paused",         "setup",
    "body",  "teardown", "suite-setup", "suite-teardown", "environment"};

constexpr Phase kSetup(1, /*is_measured=*/false);
constexpr Phase kTimed(2, /*is_measured=*/true);
constexpr Phase kPaused(3, /*is_measured=*/false);
constexpr Phase kTestSetup(4, /*is_measured=*/true);
constexpr Phase kTestBody(5, /*is_measured=*/true);
constexpr Phase kTestTeardown(6, /*is_measured=*/true);
constexpr Phase kSuiteSetup(7, /*is_measured=*/false);
constexpr Phase kSuiteTeardown(8, /*is_measured=*/false);
constexpr Phase kEnvironment(9, /*is_measured=*/false);

inline void DescribePhases(Program* program) {
  program->phases = {kPhaseNames, sizeof(kPhaseNames) / sizeof(*kPhaseNames)};
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTEGRATIONS_COMMON_PHASES_H_
