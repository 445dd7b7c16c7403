// What the benchmark of a bad day does with threads, signals and descriptors.
#ifndef BENCH_PROFILER_TESTS_INTEGRATION_PROGRAMS_BAD_DAYS_H_
#define BENCH_PROFILER_TESTS_INTEGRATION_PROGRAMS_BAD_DAYS_H_

// Children are forked while threads come and go. Each makes a thread.
void ForkWhileThreadsStart();

// A handler for each signal that can have one, as a crash handler has.
void HandleAllSignals();

// Waits for all signals, some of which come, in a thread that is busy between.
void WaitForAllSignals();

// Threads that burn CPU with all signals blocked.
void BlockAllSignals();

// Threads of the smallest stacks, of which they use nearly all that is theirs.
void UseSmallStacks();

// Closes all descriptors, then opens files of its own.
void CloseAllDescriptors();

// Threads that have no timer, for want of pending signals, while libraries come
// and go.
void LoadWithoutTimers();

#endif  // BENCH_PROFILER_TESTS_INTEGRATION_PROGRAMS_BAD_DAYS_H_
