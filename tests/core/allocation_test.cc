#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include "bench_profiler/collectors/heap/heap_table.h"
#include "bench_profiler/interpose/allocation_thread.h"
#include "bench_profiler/interpose/sampled_blocks.h"

namespace bench_profiler {
namespace {

void* Block(uintptr_t number) { return reinterpret_cast<void*>(16 * number); }

TEST(SampledBlocks, HoldsWhatAMapHolds) {
  static SampledBlocks blocks;
  std::map<uintptr_t, void*> expected;
  std::mt19937 random(1);
  for (int i = 0; i < 300000; ++i) {
    const uintptr_t number = 1 + random() % 20000;
    void* cookie = reinterpret_cast<void*>(uintptr_t{1} + random());
    void* replaced = nullptr;
    const auto known = expected.find(number);
    if (random() % 2 == 0) {
      ASSERT_TRUE(blocks.Add(Block(number), cookie, &replaced));
      ASSERT_EQ(replaced, known == expected.end() ? nullptr : known->second);
      expected[number] = cookie;
    } else if (known == expected.end()) {
      ASSERT_EQ(blocks.Remove(Block(number)), nullptr);
    } else {
      ASSERT_TRUE(blocks.MayContain(Block(number)));
      ASSERT_EQ(blocks.Remove(Block(number)), known->second);
      expected.erase(known);
    }
  }
  for (const auto& [number, cookie] : expected) {
    ASSERT_EQ(blocks.Remove(Block(number)), cookie);
  }
  for (uintptr_t number = 0; number < 30000; ++number) {
    ASSERT_FALSE(blocks.MayContain(Block(number)));
  }
}

// free(nullptr) is common, and comes here where all blocks are sampled.
TEST(SampledBlocks, NeverHoldsANullPointer) {
  static SampledBlocks blocks;
  blocks.ExpectMany();
  constexpr uintptr_t kBlocks = 1000;  // in one shard, which grows meanwhile
  for (uintptr_t number = 1; number <= kBlocks; ++number) {
    void* replaced = nullptr;
    ASSERT_TRUE(blocks.Add(Block(number), Block(number), &replaced));
    ASSERT_EQ(blocks.Remove(nullptr), nullptr);
  }
  for (uintptr_t number = 1; number <= kBlocks; ++number) {
    ASSERT_EQ(blocks.Remove(Block(number)), Block(number));
  }
  EXPECT_TRUE(blocks.IsEmpty());
}

// Threads give back what others have added.
void PassAround(SampledBlocks* blocks) {
  constexpr int kThreads = 4;
  constexpr uintptr_t kBlocks = 40000;
  std::vector<std::atomic<bool>> added(kBlocks);
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (uintptr_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (uintptr_t i = t; i < kBlocks; i += kThreads) {
        void* replaced = nullptr;
        if (!blocks->Add(Block(i + 1), Block(i + 7), &replaced)) ++wrong;
        added[i].store(true, std::memory_order_release);
        const uintptr_t other = i ^ 1;  // of the thread next to this one
        if (i % 2 != 0) continue;
        while (!added[other].load(std::memory_order_acquire)) {
        }
        if (!blocks->MayContain(Block(other + 1)) ||
            blocks->Remove(Block(other + 1)) != Block(other + 7)) {
          ++wrong;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong.load(), 0);
  for (uintptr_t i = 0; i < kBlocks; ++i) {
    ASSERT_EQ(blocks->Remove(Block(i + 1)),
              i % 2 == 0 ? Block(i + 7) : nullptr);
  }
}

TEST(SampledBlocks, IsThreadSafe) {
  static SampledBlocks few;
  PassAround(&few);
  static SampledBlocks many;
  many.ExpectMany();
  PassAround(&many);
}

TEST(AllocationCountdown, CountsAllAndTellsWhichIsNext) {
  AllocationCountdown countdown;
  EXPECT_FALSE(countdown.Pass(0));  // not armed yet
  countdown.Arm(100);
  EXPECT_TRUE(countdown.Pass(60));
  EXPECT_TRUE(countdown.Pass(0));
  EXPECT_FALSE(countdown.Pass(40));  // the next point is in it
  EXPECT_TRUE(countdown.Pass(39));
  countdown.CountSample(1000);
  countdown.Arm(5);
  EXPECT_FALSE(countdown.Pass(SIZE_MAX));
  EXPECT_EQ(countdown.Counts().allocations, 4u);
  EXPECT_EQ(countdown.Counts().bytes, 1099u);
}

TEST(AllocationThread, EntriesOfThreadsThatAreGoneAreUsedAgain) {
  AllocationThread* mine = AllocationThread::Current();
  EXPECT_EQ(AllocationThread::Current(), mine);
  std::set<AllocationThread*> used;
  for (int i = 0; i < 1000; ++i) {
    std::thread([mine, &used] {
      AllocationThread* thread = AllocationThread::Current();
      EXPECT_NE(thread, mine);
      EXPECT_TRUE(thread->is_new);  // what it noted is another thread's
      thread->is_new = false;
      thread->stack_high = 1;
      used.insert(thread);
    }).join();
  }
  EXPECT_LT(used.size(), 500u);
}

// What all threads have counted outside of runs, by way of those that ForEach
// gets to see.
AllocationCounts of_the_dead;
AllocationCounts Total(size_t* entries) {
  AllocationCounts sum = of_the_dead;
  *entries = 0;
  AllocationThread::ForEach([&](const AllocationThread& thread) {
    ++*entries;
    sum = sum + thread.Outside();
  });
  return sum;
}

TEST(AllocationThread, DeadOnesAreNotLookedAtAndStillCount) {
  constexpr size_t kThreads = 300;
  const auto retire = [](AllocationThread* thread) {
    of_the_dead = of_the_dead + thread->Outside();
    thread->SettleOutside();
  };
  AllocationThread::Current();
  AllocationThread::RetireDead(retire);
  size_t before = 0;
  const AllocationCounts start = Total(&before);
  for (int round = 1; round <= 3; ++round) {
    std::atomic<size_t> ready{0};
    std::vector<std::thread> threads;
    for (size_t i = 0; i < kThreads; ++i) {
      threads.emplace_back([&ready] {
        AllocationThread::Current()->countdown.CountSample(100);
        ++ready;
        while (ready < kThreads) std::this_thread::yield();
        // In a run: nobody's but the run's.
        AllocationThread::Current()->EnterRun();
        AllocationThread::Current()->countdown.CountSample(7);
        AllocationThread::Current()->LeaveRun();
      });
    }
    for (std::thread& thread : threads) thread.join();
    size_t entries = 0;
    AllocationCounts counted = Total(&entries) - start;
    EXPECT_GE(entries, kThreads);
    EXPECT_EQ(counted.allocations, kThreads * static_cast<size_t>(round));
    AllocationThread::RetireDead(retire);
    counted = Total(&entries) - start;
    EXPECT_LE(entries, before + 1);  // the head stays
    EXPECT_EQ(counted.allocations, kThreads * static_cast<size_t>(round));
    EXPECT_EQ(counted.bytes, 100 * kThreads * static_cast<size_t>(round));
  }
}

struct StackCount : SampleSink {
  void Add(const StackView&, uint64_t, SampleRow) override {}
  uint32_t Keep(const StackView&) override { return ++count; }

  uint32_t count = 0;
};

TEST(HeapTable, KeepsOneEntryForEachStackSizeAndActivity) {
  static HeapTable table;
  ASSERT_TRUE(table.Start());
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([] {
      for (uintptr_t i = 0; i < 20000; ++i) {
        const uintptr_t addresses[] = {i % 100, i % 7, 1};
        KnownStack* stack = table.stacks()->Find(addresses, 3, false);
        table.Row(stack, i % 3, i % 2, 1)->allocated.fetch_add(1);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  StackCount stacks;
  table.stacks()->HandOverNew(&stacks);
  EXPECT_EQ(stacks.count, 700u);
  table.stacks()->HandOverNew(&stacks);  // there is no new one
  EXPECT_EQ(stacks.count, 700u);
  int64_t sum = 0;
  int rows = 0;
  table.ForEachRow([&](const HeapRow& row) {
    sum += row.allocated.load();
    ++rows;
  });
  EXPECT_EQ(sum, 80000);
  EXPECT_EQ(rows, 700 * 3);  // i % 100 tells i % 2
  const uintptr_t addresses[] = {0, 0, 1};
  EXPECT_NE(table.stacks()->Find(addresses, 3, true),
            table.stacks()->Find(addresses, 3, false));
}

// Roots are added on the way. What was there before is found again.
TEST(HeapTable, GrowsWithItsEntries) {
  static HeapTable table;
  ASSERT_TRUE(table.Start());
  const uintptr_t address = 1;
  KnownStack* stack = table.stacks()->Find(&address, 1, false);
  constexpr uint64_t kRows = 300000;
  std::vector<HeapRow*> rows;
  for (uint64_t i = 0; i < kRows; ++i)
    rows.push_back(table.Row(stack, i, 0, 1));
  for (uint64_t i = 0; i < kRows; ++i) {
    ASSERT_EQ(table.Row(stack, i, 0, 1), rows[i]);
  }
  uint64_t sum = 0;
  table.ForEachRow([&sum](const HeapRow& row) { sum += row.size; });
  EXPECT_EQ(sum, kRows * (kRows - 1) / 2);
}

}  // namespace
}  // namespace bench_profiler
