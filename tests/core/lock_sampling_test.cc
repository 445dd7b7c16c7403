// Waits for real locks, as the tables of the block profile and of the mutex
// profile have them.
#include <gtest/gtest.h>
#include <pthread.h>
#include <time.h>

#include <atomic>
#include <cmath>
#include <thread>
#include <vector>

#include "bench_profiler/collectors/locks/lock_profiles.h"
#include "bench_profiler/heap_hooks.h"
#include "bench_profiler/interpose/program_locks.h"
#include "tests/core/sampling_support.h"

namespace bench_profiler {
namespace {

// What a table's rows add up to.
struct Sums : RowSink {
  void Add(uint64_t, SampleRow row) override {
    contentions += row.values[0];
    nanos += row.values[1];
  }
  void AddToRegion(uint64_t, SampleRow) override {}

  int64_t contentions = 0;
  int64_t nanos = 0;
};

Sums SumsOf(const char* kind) {
  Sums sums;
  CollectorOf(KindIndex(kind))->Snapshot(&sums);
  return sums;
}

int SetLockRate(const char* kind, int64_t rate) {
  const Error error = SetRate(KindIndex(kind), rate);
  EXPECT_FALSE(error) << error.message();
  return 0;
}

// Threads that do something as long as the object lives. They are started
// before and joined after what is measured, since to wait for a thread is a
// wait of the block profile, too.
class BusyThreads {
 public:
  template <class Work>
  BusyThreads(int count, Work work) {
    for (int i = 0; i < count; ++i) {
      threads_.emplace_back([this, work, i] {
        while (!go_) std::this_thread::yield();
        while (go_ == 1) work(i);
        ++done_;
        while (go_ != 3) std::this_thread::yield();
      });
    }
  }
  void Run(int milliseconds) {
    go_ = 1;
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    go_ = 2;
    while (done_ < static_cast<int>(threads_.size())) std::this_thread::yield();
  }
  ~BusyThreads() {
    go_ = 3;
    for (std::thread& thread : threads_) thread.join();
  }
  BusyThreads(const BusyThreads&) = delete;
  BusyThreads& operator=(const BusyThreads&) = delete;

 private:
  std::vector<std::thread> threads_;
  std::atomic<int> go_{0};
  std::atomic<int> done_{0};
};

class LockSampling : public testing::Test {
 protected:
  void SetUp() override {
    if (ProgramLocks() == nullptr)
      GTEST_SKIP() << WhyNoProgramLocks().message();
  }
};

#ifdef BENCH_PROFILER_SANITIZER
TEST(LockHooks, AreLeftOut) {
  EXPECT_TRUE(SetRate(KindIndex("block"), 1));
  EXPECT_TRUE(SetRate(KindIndex("mutex"), 1));
}
#else
TEST(LockHooks, AreLinked) { EXPECT_NE(ProgramLocks(), nullptr); }
#endif

void HoldForAMoment(int nanos) {
  const int64_t start = MonotonicNanos();
  while (MonotonicNanos() - start < nanos) {
  }
}

// A mutex of some type and protocol.
class Mutex {
 public:
  explicit Mutex(int type, int protocol = PTHREAD_PRIO_NONE,
                 int robust = PTHREAD_MUTEX_STALLED,
                 int shared = PTHREAD_PROCESS_PRIVATE) {
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, type);
    pthread_mutexattr_setprotocol(&attributes, protocol);
    pthread_mutexattr_setrobust(&attributes, robust);
    pthread_mutexattr_setpshared(&attributes, shared);
    EXPECT_EQ(pthread_mutex_init(&mutex_, &attributes), 0);
    pthread_mutexattr_destroy(&attributes);
  }
  pthread_mutex_t* get() { return &mutex_; }

 private:
  pthread_mutex_t mutex_;
};

// Each wait is charged to somebody or counted as uncharged, to the nanosecond,
// for locks of every sort.
TEST_F(LockSampling, BlockIsMutexAndUncharged) {
  Mutex plain(PTHREAD_MUTEX_NORMAL);
  Mutex adaptive(PTHREAD_MUTEX_ADAPTIVE_NP);
  Mutex recursive(PTHREAD_MUTEX_RECURSIVE);
  Mutex checking(PTHREAD_MUTEX_ERRORCHECK);
  Mutex inheriting(PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_INHERIT);
  Mutex robust(PTHREAD_MUTEX_RECURSIVE, PTHREAD_PRIO_NONE,
               PTHREAD_MUTEX_ROBUST);
  Mutex shared(PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_NONE, PTHREAD_MUTEX_STALLED,
               PTHREAD_PROCESS_SHARED);
  pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
  std::vector<pthread_mutex_t*> mutexes = {
      plain.get(),      adaptive.get(), recursive.get(), checking.get(),
      inheriting.get(), robust.get(),   shared.get()};
  SetLockRate("block", 1);
  SetLockRate("mutex", 1);
  std::atomic<int> wrong{0};
  BusyThreads threads(4, [&](int i) {
    for (pthread_mutex_t* mutex : mutexes) {
      wrong += pthread_mutex_lock(mutex) != 0;
      HoldForAMoment(5000);
      wrong += pthread_mutex_unlock(mutex) != 0;
    }
    // One that is locked twice is unlocked once.
    wrong += pthread_mutex_lock(recursive.get()) != 0;
    wrong += pthread_mutex_lock(recursive.get()) != 0;
    HoldForAMoment(5000);
    wrong += pthread_mutex_unlock(recursive.get()) != 0;
    wrong += pthread_mutex_unlock(recursive.get()) != 0;
    // These mostly give up.
    timespec soon;
    clock_gettime(CLOCK_REALTIME, &soon);
    soon.tv_nsec = (soon.tv_nsec + 3000) % 1000000000;
    const int error = pthread_mutex_timedlock(plain.get(), &soon);
    if (error == 0) pthread_mutex_unlock(plain.get());
    wrong += error != 0 && error != ETIMEDOUT;
    wrong += (i == 0 ? pthread_rwlock_wrlock(&rwlock)
                     : pthread_rwlock_rdlock(&rwlock)) != 0;
    HoldForAMoment(5000);
    wrong += pthread_rwlock_unlock(&rwlock) != 0;
  });
  const Sums block_before = SumsOf("block");
  const Sums mutex_before = SumsOf("mutex");
  const int64_t uncharged_before = lock_profiles->waiters.Uncharged();
  threads.Run(300);
  const Sums block = SumsOf("block");
  const Sums mutex = SumsOf("mutex");
  EXPECT_EQ(wrong, 0);
  EXPECT_GT(block.contentions - block_before.contentions, kContention);
  EXPECT_GT(mutex.contentions - mutex_before.contentions, kContention);
  EXPECT_EQ(block.nanos - block_before.nanos,
            mutex.nanos - mutex_before.nanos +
                lock_profiles->waiters.Uncharged() - uncharged_before);
  for (pthread_mutex_t* mutex_of_all : mutexes) {
    EXPECT_FALSE(lock_profiles->waiters.MayHave(mutex_of_all));
  }
  SetLockRate("block", 0);
  SetLockRate("mutex", 0);
}

// Waits of this thread for itself, and unlocks that end them: what is known of
// them before any is left out.
struct KnownWaits {
  double squares = 0;  // of the sum of all d^2
  double by_rate = 0;  // of the sum of all d * rate
};

// `rate` is that of the block profile.
KnownWaits WaitAndUnlock(int count, int64_t rate) {
  KnownWaits known;
  const int lock = 0;
  const void* caller = __builtin_return_address(0);
  for (int i = 0; i < count; ++i) {
    const int64_t start = MonotonicNanos();
    {
      const Wait wait(&lock, caller);
      HoldForAMoment(i % 4000);
      Charge(&lock).Record(caller);
    }
    const auto nanos = static_cast<double>(MonotonicNanos() - start);
    known.squares += nanos * nanos;
    known.by_rate += nanos * static_cast<double>(rate);
  }
  return known;
}

// In each of these tests one profile keeps all, and tells the sum that the
// other one estimates. Bounds are six standard errors: of waits d that are kept
// with a chance of d / rate, and stand for rate, the variance is the sum of d
// (rate - d); of those that are kept with 1 / N and stand for N d, it is the
// sum of (N - 1) d^2. However long a single one is, because the machine is
// busy, it adds at most sqrt(N - 1) = 3 of these errors.
constexpr int kWaits = 20000;

TEST_F(LockSampling, ABlockProfileOfShortWaitsIsRightOnAverage) {
  constexpr int64_t kRate = 100'000;
  SetLockRate("block", kRate);
  SetLockRate("mutex", 1);
  const Sums block_before = SumsOf("block");
  const Sums mutex_before = SumsOf("mutex");
  const int64_t uncharged_before = lock_profiles->waiters.Uncharged();
  const KnownWaits known = WaitAndUnlock(kWaits, kRate);
  const auto nanos = static_cast<double>(
      SumsOf("mutex").nanos - mutex_before.nanos +
      lock_profiles->waiters.Uncharged() - uncharged_before);
  const Sums block = SumsOf("block");
  EXPECT_NEAR(static_cast<double>(block.nanos - block_before.nanos), nanos,
              6 * std::sqrt(known.by_rate));
  SetLockRate("block", 0);
  SetLockRate("mutex", 0);
}

TEST_F(LockSampling, AMutexProfileOfFewUnlocksIsRightOnAverage) {
  constexpr int64_t kFraction = 10;
  SetLockRate("block", 1);
  SetLockRate("mutex", kFraction);
  const Sums block_before = SumsOf("block");
  const Sums mutex_before = SumsOf("mutex");
  const int64_t uncharged_before = lock_profiles->waiters.Uncharged();
  const KnownWaits known = WaitAndUnlock(kWaits, 1);
  const auto nanos = static_cast<double>(
      SumsOf("block").nanos - block_before.nanos -
      (lock_profiles->waiters.Uncharged() - uncharged_before));
  const Sums mutex = SumsOf("mutex");
  EXPECT_NEAR(static_cast<double>(mutex.nanos - mutex_before.nanos), nanos,
              6 * std::sqrt((kFraction - 1) * known.squares));
  EXPECT_NEAR(static_cast<double>(mutex.contentions - mutex_before.contentions),
              kWaits * kContention,
              6 * std::sqrt((kFraction - 1) * kWaits) * kContention);
  SetLockRate("block", 0);
  SetLockRate("mutex", 0);
}

TEST_F(LockSampling, NothingIsSeenWhileBothAreOff) {
  Mutex mutex(PTHREAD_MUTEX_NORMAL);
  const auto fight = [&] {
    BusyThreads threads(3, [&](int) {
      pthread_mutex_lock(mutex.get());
      HoldForAMoment(20000);
      pthread_mutex_unlock(mutex.get());
    });
    threads.Run(200);
  };
  SetLockRate("block", 1);
  SetLockRate("mutex", 1);
  fight();  // so that there are rows
  const Sums block = SumsOf("block");
  const Sums mutex_sums = SumsOf("mutex");
  EXPECT_GT(block.nanos, 0);
  EXPECT_GT(mutex_sums.nanos, 0);
  SetLockRate("block", 0);
  SetLockRate("mutex", 0);
  fight();
  EXPECT_EQ(SumsOf("block").nanos, block.nanos);
  EXPECT_EQ(SumsOf("mutex").nanos, mutex_sums.nanos);
}

}  // namespace
}  // namespace bench_profiler
