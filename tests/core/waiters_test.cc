#include "bench_profiler/collectors/locks/waiters.h"

#include <gtest/gtest.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>

#include <atomic>
#include <iterator>
#include <memory>
#include <thread>
#include <vector>

#include "tests/support/sanitizers.h"

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

// A thread that enters and leaves all the time, and that a signal stops
// wherever it is: now and then while it holds the bucket.
class StoppedThread {
 public:
  explicit StoppedThread(WaiterTable* table, const char* lock) {
    struct sigaction action = {};
    action.sa_handler = [](int) {
      is_stopped = true;
      while (is_stopped) sched_yield();
    };
    sigaction(SIGUSR1, &action, nullptr);
    thread_ = std::thread([this, table, lock] {
      while (!is_over_) {
        table->Leave(lock, table->Enter(lock));
        ++laps_;
      }
    });
  }
  void Stop() {
    pthread_kill(thread_.native_handle(), SIGUSR1);
    while (!is_stopped) sched_yield();
  }
  // Returns when it is somewhere else.
  void GoOn() {
    const int before = laps_;
    is_stopped = false;
    while (laps_ - before < 2) sched_yield();
  }
  ~StoppedThread() {
    is_over_ = true;
    is_stopped = false;
    thread_.join();
    signal(SIGUSR1, SIG_DFL);
  }
  StoppedThread(const StoppedThread&) = delete;
  StoppedThread& operator=(const StoppedThread&) = delete;

 private:
  static std::atomic<bool> is_stopped;
  std::atomic<bool> is_over_{false};
  std::atomic<int> laps_{0};
  std::thread thread_;
};
std::atomic<bool> StoppedThread::is_stopped{false};

// As when a garbage collector stops the world: who waited leaves all the same,
// and the locks of that bucket are not observed any more, for good.
TEST_F(Waiters, ABucketWhoseHolderIsStoppedIsGivenUp) {
  if (kThreadSanitizer) GTEST_SKIP() << "ThreadSanitizer delays signals";
  const char* lock = locks;
  const auto waited_before = table_->Enter(lock);
  StoppedThread thread(table_.get(), lock);
  thread.Stop();
  while (true) {
    const auto ticket = table_->Enter(lock);
    if (!ticket.is_in_table) break;  // the bucket is held
    table_->Cancel(lock, ticket);
    thread.GoOn();
    thread.Stop();
  }
  // Who unlocks goes on without it, and has waited for a moment only.
  EXPECT_EQ(table_->Charge(lock).waits, 0);
  EXPECT_TRUE(table_->MayHave(lock));
  const int64_t uncharged = table_->Uncharged();
  const int64_t end = table_->Leave(lock, waited_before);
  EXPECT_EQ(table_->Uncharged() - uncharged, end - waited_before.start);
  EXPECT_FALSE(table_->MayHave(lock));
  // Other buckets are as they were.
  EXPECT_TRUE(table_->Enter(&locks[1]).is_in_table);
  EXPECT_EQ(table_->Charge(&locks[1]).waits, 1);
  // The holder comes back, and cannot make anything of it any more.
  thread.GoOn();
  const auto ticket = table_->Enter(lock);
  EXPECT_FALSE(ticket.is_in_table);
  EXPECT_EQ(table_->Charge(lock).waits, 0);
  EXPECT_GE(table_->Leave(lock, ticket), ticket.start);
  EXPECT_FALSE(table_->MayHave(lock));
}

// Without memory for another entry a wait is charged to nobody.
TEST_F(Waiters, AWaitWithoutMemoryIsUncharged) {
  if (kAddressSanitizer || kThreadSanitizer) {
    GTEST_SKIP() << "sanitizers need memory";
  }
  std::vector<WaiterTable::Ticket> tickets(std::size(locks));
  rlimit before = {};
  getrlimit(RLIMIT_AS, &before);
  const rlimit none = {0, before.rlim_max};
  setrlimit(RLIMIT_AS, &none);
  for (size_t i = 0; i < tickets.size(); ++i) {
    tickets[i] = table_->Enter(&locks[i]);
  }
  setrlimit(RLIMIT_AS, &before);
  EXPECT_FALSE(tickets.back().is_in_table);
  EXPECT_EQ(table_->Charge(&locks[tickets.size() - 1]).waits, 0);
  for (size_t i = 0; i < tickets.size(); ++i) {
    const int64_t uncharged = table_->Uncharged();
    const int64_t end = table_->Leave(&locks[i], tickets[i]);
    EXPECT_EQ(table_->Uncharged() - uncharged, end - tickets[i].start);
  }
  for (const char& lock : locks) EXPECT_FALSE(table_->MayHave(&lock));
}

}  // namespace
}  // namespace bench_profiler
