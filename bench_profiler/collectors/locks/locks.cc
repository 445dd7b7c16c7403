// The collectors of the block profile and of the mutex profile, which share the
// hooks: what is redirected depends on which of them run.
#include <cinttypes>
#include <cstdio>

#include "bench_profiler/collectors/collector.h"
#include "bench_profiler/collectors/locks/lock_profiles.h"
#include "bench_profiler/collectors/locks/observed_locks.h"
#include "bench_profiler/interpose/program_locks.h"
#include "bench_profiler/platform/never_destroyed.h"
#include "bench_profiler/platform/thread_events.h"

namespace bench_profiler {
namespace {

// Sends the program's calls where they belong by the rates. Another thread may
// change these meanwhile, and redirect, too: whoever is last has seen the last
// change.
void Redirect() {
  bool waits = false;
  bool unlocks = false;
  const auto is_changed = [&] {
    const bool waited = waits;
    const bool unlocked = unlocks;
    waits = lock_profiles->block.rate.load() != 0;
    unlocks = lock_profiles->mutex.rate.load() != 0;
    return waits != waited || unlocks != unlocked;
  };
  is_changed();
  do {
    RedirectLocks(ObservedLocks(waits, unlocks));
  } while (is_changed());
}

// A process with one thread waits for nobody, and glibc's locks are faster in
// it than any hook could be. So it gets none until it makes a second thread.
class SecondThread : public ThreadObserver {
 public:
  void OnThreadCreate() override {
    RemoveThreadObserver(this);
    Redirect();
  }
  void OnThreadStart(const NewThread&) override {}
  void OnThreadExit() override {}
};

SecondThread* SecondThreadObserver() {
  static NeverDestroyed<SecondThread> observer;
  return &*observer;
}

void RedirectWhenThreaded() {
  if (ThreadCount() == 1) {
    AddThreadObserver(SecondThreadObserver());
  } else {
    Redirect();
  }
}

class LockCollector : public Collector {
 public:
  explicit LockCollector(LockProfile LockProfiles::*profile,
                         const char* description)
      : profile_(profile), format_(description) {}

  Error Start(const CollectorOptions& options, Error*) override {
    if (ProgramLocks() == nullptr) return WhyNoProgramLocks();
    MakeLockProfiles();
    if (!Profile().table.Start()) return Error::Format("no memory left");
    ExtendSmallStacks();
    Profile().rate.store(options.rate);
    std::snprintf(description_, sizeof(description_), format_, options.rate);
    RedirectWhenThreaded();
    return Error();
  }

  void Stop() override {
    if (lock_profiles == nullptr || Profile().rate.exchange(0) == 0) return;
    Redirect();
  }

  // Those that were not made by pthread_create.
  void FindThreads() override { RedirectWhenThreaded(); }

  void Drain(SampleSink* sink) override { Profile().table.Drain(sink); }
  void Snapshot(RowSink* sink) override { Profile().table.Snapshot(sink); }

  // Done twice if both profiles were on, which is harmless.
  void ForgetInChild() override {
    ForgetLockProfilesInChild();
    if (ProgramLocks() != nullptr) RedirectLocks(*ProgramLocks());
  }

  const char* Description() const override { return description_; }
  int64_t Period() const override { return 1; }
  uint64_t Lost() const override {
    return lock_profiles == nullptr ? 0 : Profile().lost.load();
  }

 private:
  LockProfile& Profile() const { return lock_profiles->*profile_; }

  LockProfile LockProfiles::*const profile_;
  const char* const format_;
  char description_[256] = "";
};

}  // namespace

Collector* TheBlockCollector() {
  static NeverDestroyed<LockCollector> collector(
      &LockProfiles::block,
      "block: time in waits for locks, conditions, semaphores, threads and "
      "futexes; waits of %" PRId64
      " ns and longer are all here, shorter ones are estimates");
  return &*collector;
}

Collector* TheMutexCollector() {
  static NeverDestroyed<LockCollector> collector(
      &LockProfiles::mutex,
      "mutex: time that others have waited for a lock, where it is unlocked; "
      "one in %" PRId64 " of the unlocks that others waited for is sampled");
  return &*collector;
}

}  // namespace bench_profiler
