// What the tests of sampling share: listeners, snapshots, CPU time that is
// used up on purpose.
#ifndef BENCH_PROFILER_TESTS_CORE_SAMPLING_SUPPORT_H_
#define BENCH_PROFILER_TESTS_CORE_SAMPLING_SUPPORT_H_

#include <gtest/gtest.h>
#include <time.h>

#include <cstdint>
#include <cstring>
#include <vector>

#include "bench_profiler/collectors/kind.h"
#include "bench_profiler/profile/unsample.h"
#include "bench_profiler/sampling/sampling.h"

namespace bench_profiler {

#ifdef __SANITIZE_THREAD__
inline constexpr bool kHasCpuSamples = false;
#else
inline constexpr bool kHasCpuSamples = true;
#endif

inline size_t KindIndex(const char* name) {
  for (size_t i = 0; i < Kinds().size; ++i) {
    if (std::strcmp(Kinds()[i].name, name) == 0) return i;
  }
  return kMaxKinds;
}
inline size_t CpuKindIndex() { return KindIndex("cpu"); }
inline size_t HeapKindIndex() { return KindIndex("heap"); }

// A sample more or less at each end. On a busy machine a thread may run for
// some time before a tick of the kernel's finds it running.
inline constexpr double kTolerance = 150e6;

// Uses up CPU time of this thread. Returns how much, in nanoseconds.
inline double Spin(int64_t milliseconds) {
  const auto now = [] {
    timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * int64_t{1000000000} + time.tv_nsec;
  };
  const int64_t start = now();
  while (now() - start < milliseconds * 1000000) {
  }
  return static_cast<double>(now() - start);
}

// Listens to the CPU profile while it lives, or until Stop.
class CpuListener {
 public:
  explicit CpuListener(int64_t rate, size_t clock = 0) {
    Error notice;
    const Error error = Listen(CpuKindIndex(), {rate, clock}, &set_, &notice);
    EXPECT_EQ(static_cast<bool>(error), !kHasCpuSamples) << error.message();
  }
  ~CpuListener() { Stop(); }
  CpuListener(const CpuListener&) = delete;
  CpuListener& operator=(const CpuListener&) = delete;

  void Stop() { Unlisten(CpuKindIndex(), &set_); }

  // What was heard, after Stop.
  ArrayView<SampleRow> Rows() const { return set_.Samples(CpuKindIndex()); }
  double Nanos() const {
    int64_t sum = 0;
    for (const SampleRow& row : Rows()) sum += row.values[1];
    return static_cast<double>(sum);
  }

  // What could not be sampled, and why, after Stop.
  const char* Warning() const { return set_.Warning(CpuKindIndex()); }

  ProfileData Data() const {
    ProfileData data;
    set_.FillIn(CpuKindIndex(), &data);
    return data;
  }

 private:
  SampleSet set_{SampleSet::Regions::kLeaveOut};
};

// The rows of the heap's table, as estimates.
inline std::vector<SampleRow> HeapSnapshot() {
  SampleSet set(SampleSet::Regions::kLeaveOut);
  const Error error = TakeSnapshot(HeapKindIndex(), &set);
  EXPECT_FALSE(error) << error.message();
  const ArrayView<SampleRow> rows = set.Samples(HeapKindIndex());
  std::vector<SampleRow> estimates(rows.begin(), rows.end());
  UnsampleHeap(estimates.data(), estimates.size());
  return estimates;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_CORE_SAMPLING_SUPPORT_H_
