// Two kinds of profiles in the place of the real ones: a stream and a table
// that take a sample whenever a test says so. No signals and no hooks, so that
// ThreadSanitizer can look at what sampling does with them.
//
//   Error error = Listen(kFakeStream, {1, 0}, &set, &notice);
//   TakeFakeSample(thread);    // each thread has a number of its own
//   Unlisten(kFakeStream, &set);
//   // set.Samples(kFakeStream): a row for each sample, with labels = thread
//   and
//   // size = 1, 2, 3, ... for the first, second, third of the thread
//
// A row of the table says in values[0] how many samples its thread has taken.
#ifndef BENCH_PROFILER_TESTS_CORE_FAKE_KINDS_H_
#define BENCH_PROFILER_TESTS_CORE_FAKE_KINDS_H_

#include <cstddef>
#include <cstdint>

namespace bench_profiler {

inline constexpr size_t kFakeStream = 0;
inline constexpr size_t kFakeTable = 1;
inline constexpr size_t kFakeThreads = 3;

// Takes the next sample of this thread: for the stream, if that runs, and for
// the table. Two threads with the same number must not call it at a time.
void TakeFakeSample(size_t thread);

// How many a thread has begun to take, and how many of these are complete.
int64_t FakeSamplesBegun(size_t thread);
int64_t FakeSamplesTaken(size_t thread);

// Whether the stream was started, and not stopped since.
bool FakeStreamRuns();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_CORE_FAKE_KINDS_H_
