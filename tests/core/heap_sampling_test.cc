// The heap's table while the program goes on: snapshots at any time, rates that
// change.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <atomic>
#include <cmath>
#include <thread>
#include <vector>

#include "bench_profiler/heap_hooks.h"
#include "bench_profiler/sampling/sampling.h"
#include "tests/core/sampling_support.h"

namespace bench_profiler {
namespace {

// How many blocks of a size there were since the object was made. Nobody else
// here asks for such sizes.
class Blocks {
 public:
  explicit Blocks(uint64_t size) : size_(size), before_(Now(&Row::allocated)) {}

  int64_t Allocated() const { return Now(&Row::allocated) - before_; }
  int64_t InUse() const { return Now(&Row::in_use); }

 private:
  struct Row {
    int64_t allocated = 0;
    int64_t in_use = 0;
  };

  int64_t Now(int64_t Row::*which) const {
    Row sum;
    for (const SampleRow& row : HeapSnapshot()) {
      if (row.size != size_) continue;
      sum.allocated += row.values[0];
      sum.in_use += row.values[2];
    }
    return sum.*which;
  }

  uint64_t size_;
  int64_t before_;
};

// What the optimiser knows nothing of.
void* Hide(void* block) {
  asm volatile("" : "+r"(block) : : "memory");
  return block;
}

void Churn(size_t size, int times) {
  for (int i = 0; i < times; ++i) free(Hide(malloc(size)));
}

class HeapSampling : public testing::Test {
 protected:
  void SetUp() override { SetHeapRate(1); }
  void TearDown() override { SetHeapRate(0); }

  static void SetHeapRate(int64_t rate) {
    const Error error = SetRate(HeapKindIndex(), rate);
    ASSERT_FALSE(error) << error.message();
  }
};

TEST_F(HeapSampling, ASnapshotTwiceIsTheSame) {
  constexpr size_t kSize = 10007;
  const Blocks blocks(kSize);
  void* kept = Hide(malloc(kSize));
  Churn(kSize, 9);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(blocks.Allocated(), 10);
    EXPECT_EQ(blocks.InUse(), 1);
  }
  free(kept);
  EXPECT_EQ(blocks.InUse(), 0);
}

TEST_F(HeapSampling, EndsAreSeenAfterDrawingHasStopped) {
  constexpr size_t kSize = 10009;
  const Blocks blocks(kSize);
  std::vector<void*> kept;
  for (int i = 0; i < 10; ++i) kept.push_back(Hide(malloc(kSize)));
  SetHeapRate(0);
  Churn(kSize, 10);  // draws nothing
  EXPECT_EQ(blocks.Allocated(), 10);
  EXPECT_EQ(blocks.InUse(), 10);
  for (void* block : kept) free(block);
  EXPECT_EQ(blocks.InUse(), 0);
  SetHeapRate(1);
  Churn(kSize, 5);
  EXPECT_EQ(blocks.Allocated(), 15);
}

TEST_F(HeapSampling, SnapshotsWhileAllThreadsAllocate) {
  constexpr size_t kSize = 10037;
  const Blocks blocks(kSize);
  std::atomic<bool> done{false};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&done] {
      while (!done) Churn(kSize, 100);
    });
  }
  int64_t allocated = 0;
  for (int i = 0; i < 200; ++i) {
    const int64_t now = blocks.Allocated();
    EXPECT_GE(now, allocated);
    allocated = now;
    const int64_t in_use = blocks.InUse();
    EXPECT_GE(in_use, 0);
    EXPECT_LE(in_use, 4);  // one in each thread
  }
  done = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(blocks.InUse(), 0);
}

// Each sample counts by the rate that it was drawn at, whatever came after it.
TEST_F(HeapSampling, ChangesOfTheRateLeaveNoBias) {
  constexpr size_t kSize = 5003;
  const Blocks blocks(kSize);
  constexpr int kRounds = 4000;
  constexpr int kBlocks = 25;
  constexpr int64_t kRates[] = {20000, 1000, 300000, 4000};
  for (int round = 0; round < kRounds; ++round) {
    SetHeapRate(kRates[round % 4]);
    Churn(kSize, kBlocks);
  }
  // The variance of a block's estimate is 1 / p - 1; of all of them it is the
  // sum.
  double variance = 0;
  for (const int64_t rate : kRates) {
    variance += kRounds / 4 * kBlocks * (BlocksPerSample(kSize, rate) - 1);
  }
  EXPECT_NEAR(static_cast<double>(blocks.Allocated()), kRounds * kBlocks,
              5 * std::sqrt(variance));
}

// Other threads notice a change on their way, in the middle of a distance: the
// sample that ends it counts by the rate that the distance was drawn at.
TEST_F(HeapSampling, ChangesOfTheRateLeaveNoBiasInOtherThreads) {
  constexpr size_t kSize = 5009;
  const Blocks blocks(kSize);
  constexpr int kRounds = 10000;
  constexpr int kBlocks = 20;
  constexpr int64_t kRates[] = {20000, 2000000};
  std::atomic<int> asked{0};
  std::atomic<int> done{0};
  std::thread allocating([&] {
    while (done < kRounds) {
      while (asked == done) std::this_thread::yield();
      Churn(kSize, kBlocks);
      ++done;
    }
  });
  for (int round = 0; round < kRounds; ++round) {
    SetHeapRate(kRates[round % 2]);
    ++asked;
    while (done < asked) std::this_thread::yield();
  }
  allocating.join();
  const double variance =
      kRounds * kBlocks * (BlocksPerSample(kSize, kRates[1]) - 1);
  EXPECT_NEAR(static_cast<double>(blocks.Allocated()), kRounds * kBlocks,
              5 * std::sqrt(variance));
}

TEST_F(HeapSampling, TheRateIsThatOfWhoListens) {
  constexpr size_t kSize = 10039;
  const Blocks blocks(kSize);
  SetHeapRate(4096);
  SampleSet set(SampleSet::Regions::kLeaveOut);
  Error notice;
  ASSERT_FALSE(Listen(HeapKindIndex(), {1, 0}, &set, &notice));
  EXPECT_EQ(Rate(HeapKindIndex()), 1);
  EXPECT_TRUE(SetRate(HeapKindIndex(), 8192));
  Churn(kSize, 10);
  EXPECT_EQ(blocks.Allocated(), 10);
  Unlisten(HeapKindIndex(), &set);
  EXPECT_EQ(Rate(HeapKindIndex()), 4096);
}

}  // namespace
}  // namespace bench_profiler
