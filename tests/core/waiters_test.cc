#include "bench_profiler/collectors/locks/waiters.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace bench_profiler {
namespace {

const char locks[20000] = {};

class Waiters : public testing::Test {
 protected:
  const std::unique_ptr<WaiterTable> table_ = std::make_unique<WaiterTable>();
};

// Until the clock has moved on.
void Pass() {
  const int64_t start = MonotonicNanos();
  while (MonotonicNanos() - start < 1000) {
  }
}

TEST_F(Waiters, TheUnlockerIsChargedWithAllThatWait) {
  const char* lock = locks;
  EXPECT_FALSE(table_->MayHave(lock));
  const auto first = table_->Enter(lock);
  EXPECT_TRUE(table_->MayHave(lock));
  Pass();
  const auto second = table_->Enter(lock);
  Pass();
  const auto charges = table_->Charge(lock);
  EXPECT_EQ(charges.waits, 2);
  EXPECT_GE(charges.nanos, 3000);
  Pass();
  const auto again = table_->Charge(lock);
  EXPECT_EQ(again.waits, 0);
  EXPECT_GE(again.nanos, 2000);
  const int64_t first_end = table_->Leave(lock, first);
  const int64_t second_end = table_->Leave(lock, second);
  EXPECT_FALSE(table_->MayHave(lock));
  EXPECT_EQ(first_end - first.start + second_end - second.start,
            charges.nanos + again.nanos + table_->Uncharged());
  EXPECT_EQ(table_->Charge(lock).waits, 0);
}

TEST_F(Waiters, LocksAreNotMixedUp) {
  const auto first = table_->Enter(&locks[0]);
  std::vector<WaiterTable::Ticket> tickets;
  for (const char& lock : locks) tickets.push_back(table_->Enter(&lock));
  EXPECT_EQ(table_->Charge(&locks[0]).waits, 2);
  EXPECT_EQ(table_->Charge(&locks[1]).waits, 1);
  for (size_t i = 0; i < tickets.size(); ++i) {
    table_->Leave(&locks[i], tickets[i]);
    EXPECT_EQ(table_->Charge(&locks[i]).waits, 0);
  }
  table_->Leave(&locks[0], first);
  for (const char& lock : locks) EXPECT_FALSE(table_->MayHave(&lock));
}

TEST_F(Waiters, AFailureIsNoWait) {
  const char* lock = locks;
  const auto ticket = table_->Enter(lock);
  const auto other = table_->Enter(lock);
  table_->Cancel(lock, ticket);
  EXPECT_EQ(table_->Charge(lock).waits, 1);
  table_->Leave(lock, other);
  EXPECT_FALSE(table_->MayHave(lock));
}

// Whoever waits adds up the same as is charged or left over.
TEST_F(Waiters, NothingIsLostWhileThreadsComeAndGo) {
  constexpr int kThreads = 4;
  constexpr int kRounds = 20000;
  std::atomic<int64_t> waited{0};
  std::atomic<int64_t> charged{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kRounds; ++i) {
        const char* lock = &locks[(i + t) % 3];
        const auto ticket = table_->Enter(lock);
        charged += table_->Charge(&locks[i % 3]).nanos;
        waited += table_->Leave(lock, ticket) - ticket.start;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(waited, charged + table_->Uncharged());
  for (const char& lock : locks) EXPECT_FALSE(table_->MayHave(&lock));
}

}  // namespace
}  // namespace bench_profiler
