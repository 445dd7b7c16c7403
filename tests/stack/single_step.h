// Runs code one instruction at a time.
//
//   SingleStep([] { Workload(); },
//              [](const ucontext_t& context) { /* before an instruction */ });
#ifndef BENCH_PROFILER_TESTS_STACK_SINGLE_STEP_H_
#define BENCH_PROFILER_TESTS_STACK_SINGLE_STEP_H_

#include <ucontext.h>

namespace bench_profiler {

// Calls `on_step` in a SIGTRAP handler before each instruction of `body`, of
// the functions of libraries too. One thread at a time.
void SingleStep(void (*body)(), void (*on_step)(const ucontext_t& context));

// The kernel switches stepping off for a signal handler: one that `body`
// installs calls this first to be stepped too.
void StepSignalHandler();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_STACK_SINGLE_STEP_H_
