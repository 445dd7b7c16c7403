// Who listens hears each sample that is taken between his start and his stop,
// once, whatever the others do meanwhile.
#include <gtest/gtest.h>
#include <time.h>

#include <array>
#include <atomic>
#include <memory>
#include <set>
#include <thread>
#include <vector>

#include "bench_profiler/sampling/sampling.h"
#include "tests/core/fake_kinds.h"

namespace bench_profiler {
namespace {

using Counts = std::array<int64_t, kFakeThreads>;

Counts CountsOf(int64_t (*count)(size_t thread)) {
  Counts counts;
  for (size_t i = 0; i < kFakeThreads; ++i) counts[i] = count(i);
  return counts;
}

class StreamListener {
 public:
  StreamListener() {
    before_ = CountsOf(FakeSamplesTaken);
    Error notice;
    const Error error = Listen(kFakeStream, {1, 0}, &set_, &notice);
    EXPECT_FALSE(error) << error.message();
    first_ = CountsOf(FakeSamplesBegun);
  }

  // Returns how many samples were heard.
  size_t StopAndCheck() {
    const Counts last = CountsOf(FakeSamplesTaken);
    Unlisten(kFakeStream, &set_);
    const Counts after = CountsOf(FakeSamplesBegun);
    std::array<std::set<int64_t>, kFakeThreads> heard;
    for (const SampleRow& row : set_.Samples(kFakeStream)) {
      const size_t thread = row.labels;
      const auto number = static_cast<int64_t>(row.size);
      EXPECT_EQ(row.values[0], 1) << number << " of " << thread;
      EXPECT_GT(number, before_[thread]);
      EXPECT_LE(number, after[thread]);
      heard[thread].insert(number);
    }
    for (size_t thread = 0; thread < kFakeThreads; ++thread) {
      for (int64_t i = first_[thread] + 1; i <= last[thread]; ++i) {
        EXPECT_EQ(heard[thread].count(i), 1u) << i << " of " << thread;
      }
    }
    return set_.Samples(kFakeStream).size;
  }

 private:
  SampleSet set_{SampleSet::Regions::kLeaveOut};
  Counts before_;  // were complete before it listened
  Counts first_;   // may have been begun before it listened
};

void CheckSnapshot() {
  const Counts before = CountsOf(FakeSamplesTaken);
  SampleSet set(SampleSet::Regions::kLeaveOut);
  const Error error = TakeSnapshot(kFakeTable, &set);
  ASSERT_FALSE(error) << error.message();
  const Counts after = CountsOf(FakeSamplesBegun);
  ASSERT_EQ(set.Samples(kFakeTable).size, kFakeThreads);
  for (const SampleRow& row : set.Samples(kFakeTable)) {
    EXPECT_GE(row.values[0], before[row.labels]);
    EXPECT_LE(row.values[0], after[row.labels]);
  }
}

// Two threads start and stop profiles 10,000 times. Each hands the one that it
// has started to the other, and stops the one that it is handed.
TEST(FanOut, TenThousandCyclesFromTwoThreads) {
  constexpr int kCyclesOfEach = 5000;
  constexpr size_t kSamplesOfCycle = 3;
  ASSERT_FALSE(SetRate(kFakeTable, 1));
  std::atomic<bool> done{false};
  std::thread busy([&done] {
    const timespec pause = {0, 50000};
    while (!done) {
      TakeFakeSample(2);
      nanosleep(&pause, nullptr);
    }
  });
  std::atomic<StreamListener*> handed_over{nullptr};
  std::atomic<size_t> stopped_for_others{0};
  const auto cycle = [&](size_t thread) {
    for (int i = 0; i < kCyclesOfEach; ++i) {
      auto own = std::make_unique<StreamListener>();
      StreamListener* const started = own.get();
      for (size_t j = 0; j < kSamplesOfCycle; ++j) TakeFakeSample(thread);
      if (i % 4 == 0) DrainAll();
      if (i % 16 == 0) CheckSnapshot();
      // Where nothing was handed over, this one is left for the other thread.
      own.reset(handed_over.exchange(own.release()));
      if (own == nullptr) continue;
      if (own.get() != started) ++stopped_for_others;
      EXPECT_GE(own->StopAndCheck(), kSamplesOfCycle);
    }
  };
  std::thread other(cycle, 0);
  cycle(1);
  other.join();
  const std::unique_ptr<StreamListener> left(handed_over.exchange(nullptr));
  if (left != nullptr) left->StopAndCheck();
  done = true;
  busy.join();
  EXPECT_FALSE(FakeStreamRuns());
  EXPECT_GT(stopped_for_others, 0u);
}

TEST(FanOut, MoreThanEightAtATimeAreRefused) {
  std::vector<std::unique_ptr<StreamListener>> listeners;
  for (int i = 0; i < 8; ++i) {
    listeners.push_back(std::make_unique<StreamListener>());
    TakeFakeSample(0);
  }
  SampleSet ninth(SampleSet::Regions::kLeaveOut);
  Error notice;
  EXPECT_TRUE(Listen(kFakeStream, {1, 0}, &ninth, &notice));
  Unlisten(kFakeStream, &ninth);
  EXPECT_EQ(ninth.Samples(kFakeStream).size, 0u);
  // From the middle outwards, so that the order of the others changes.
  for (const size_t i : {3, 4, 2, 5, 1, 6, 0, 7}) {
    EXPECT_EQ(listeners[i]->StopAndCheck(), 8 - i);
  }
  EXPECT_FALSE(FakeStreamRuns());
}

}  // namespace
}  // namespace bench_profiler
