// What lock_subject and its shared library have in common.
#ifndef BENCH_PROFILER_TESTS_BENCHMARKS_LOCK_SUBJECT_H_
#define BENCH_PROFILER_TESTS_BENCHMARKS_LOCK_SUBJECT_H_

inline constexpr int kBatch = 10000;

// Locks and unlocks a mutex of the library so often.
void LibraryBatch();

#endif  // BENCH_PROFILER_TESTS_BENCHMARKS_LOCK_SUBJECT_H_
