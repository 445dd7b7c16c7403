// The tables of the block profile and of the mutex profile, and how the waits
// get into them.
//
//   lock_profiles->block.rate.store(1);     // keeps each wait
//   {
//     Wait wait(mutex, caller);            // somebody else holds it
//     next.pthread_mutex_lock(mutex);
//   }                                      // a row of the caller's stack
//   {
//     Charge charge(mutex);                // somebody may wait for it
//     next.pthread_mutex_unlock(mutex);
//     charge.Record(caller);               // a row of the caller's stack
//   }
//
// `caller` is the return address of the function that the program called.
//
// All of this runs in the program's threads, in the middle of anything that
// locks. It uses no malloc and no lock, and keeps errno. A signal handler that
// locks something while its thread is in here is not observed.
#ifndef BENCH_PROFILER_COLLECTORS_LOCKS_LOCK_PROFILES_H_
#define BENCH_PROFILER_COLLECTORS_LOCKS_LOCK_PROFILES_H_

#include <atomic>
#include <cstdint>

#include "bench_profiler/collectors/locks/contention_sampling.h"
#include "bench_profiler/collectors/locks/waiters.h"
#include "bench_profiler/collectors/table/sums_table.h"

namespace bench_profiler {

struct LockProfile {
  std::atomic<int64_t> rate{0};  // of the kind's rate flag; 0: off
  std::atomic<uint64_t> lost{0};
  SumsTable table;
};

struct LockProfiles {
  LockProfile block;
  LockProfile mutex;
  WaiterTable waiters;
};

// Null until they are made. Never destroyed, since threads may outlive main.
extern LockProfiles* lock_profiles;
void MakeLockProfiles();

// In the child of a fork: everything is new, and a wait in the middle of which
// the child was forked is not recorded. Async-signal-safe.
void ForgetLockProfilesInChild();

// While it lives, the calling thread waits: for a lock, whose unlockers are
// charged, or, if that is null, for something else. A wait that ends by
// cancellation or pthread_exit ends in the destructor, too.
class Wait {
 public:
  Wait(const void* lock, const void* caller);
  ~Wait();
  Wait(const Wait&) = delete;
  Wait& operator=(const Wait&) = delete;

  // It has not waited, because the function has failed.
  void Cancel();

 private:
  bool is_on_ = false;
  const void* lock_;  // null: nobody is charged
  int64_t block_rate_ = 0;
  uint64_t activity_ = 0;
  SumsRow* row_ = nullptr;
  WaiterTable::Ticket ticket_;
  uint32_t of_fork_ = 0;
};

// The calling thread is about to unlock a lock for which others may wait.
class Charge {
 public:
  explicit Charge(const void* lock);

  // Call this when it is unlocked, so that nobody waits for it. The lock may
  // not exist any more.
  void Record(const void* caller) const;

 private:
  const void* const lock_;
  WaiterTable::Charges charges_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_LOCKS_LOCK_PROFILES_H_
