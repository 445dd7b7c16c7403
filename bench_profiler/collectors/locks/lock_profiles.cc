#include "bench_profiler/collectors/locks/lock_profiles.h"

#include <errno.h>
#include <sys/mman.h>

#include <new>

#include "bench_profiler/collectors/table/thread_stack.h"
#include "bench_profiler/interpose/allocation_thread.h"
#include "bench_profiler/interpose/program_locks.h"
#include "bench_profiler/platform/never_destroyed.h"
#include "bench_profiler/record/trace_log.h"
#include "bench_profiler/region.h"
#include "bench_profiler/stack/arch/arch.h"
#include "bench_profiler/stack/tail_call.h"

namespace bench_profiler {
namespace {

// How many forks there were from the first process to this one.
std::atomic<uint32_t> forks{0};

// What a thread needs here and does not put on its stack, of which little may
// be left. In pages of our own, with zero bytes at first.
struct WaitNotes {
  // Null if the system has no memory left. Never given back.
  static WaitNotes* Of(AllocationThread* thread) {
    if (thread->wait_notes == nullptr) {
      void* memory = mmap(nullptr, sizeof(WaitNotes), PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      if (memory == MAP_FAILED) return nullptr;
      thread->wait_notes = memory;
    }
    return static_cast<WaitNotes*>(thread->wait_notes);
  }

  ucontext_t context;
  uintptr_t addresses[kMaxFrames];
};

// Whether the thread is in here already, and a signal handler has come.
// Initial-exec TLS, by a compiler option of this library.
thread_local bool is_inside = false;

// While it lives, the thread is in here.
class Inside {
 public:
  Inside() : saved_errno_(errno), was_inside_(is_inside) {
    is_inside = true;
    std::atomic_signal_fence(std::memory_order_seq_cst);
  }
  ~Inside() {
    std::atomic_signal_fence(std::memory_order_seq_cst);
    is_inside = was_inside_;
    errno = saved_errno_;
  }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;

  bool was_inside() const { return was_inside_; }

 private:
  const int saved_errno_;
  const bool was_inside_;
};

thread_local uint64_t random_state = 0;

// Of this thread's draws (contention_sampling.h).
uint64_t* Random() {
  if (random_state == 0) {
    random_state = reinterpret_cast<uintptr_t>(&random_state) ^
                   static_cast<uint64_t>(MonotonicNanos());
  }
  return &random_state;
}

// A stack without the frames of ours at its leaf.
struct CallerStack {
  uintptr_t* addresses;
  size_t depth;
};

// Cuts a stack down to the frames of the program. `caller` returns to the first
// of them. If that frame did not call us, what it called has ended with a jump
// to us, and is put in.
CallerStack CutToCaller(uintptr_t* addresses, size_t depth, uintptr_t caller) {
  size_t first = 0;
  while (first < depth && addresses[first] != caller - 1) ++first;
  if (first == 0 || first == depth) return {addresses, depth};
  const uintptr_t called = CalledFunction(caller);
  if (called != 0 && !IsLockHook(called)) addresses[--first] = called;
  return {addresses + first, depth - first};
}

// Returns the row of the caller's stack, or null if there is no memory for it.
// Never inlined: the walk begins in its frame.
__attribute__((noinline)) SumsRow* RowOfCaller(LockProfile* profile,
                                               const void* caller,
                                               uint64_t activity) {
  AllocationThread* thread = AllocationThread::Current();
  WaitNotes* notes = WaitNotes::Of(thread);
  SumsRow* row = nullptr;
  if (notes != nullptr) {
    CaptureContext(&notes->context);
    const StackTrace trace =
        WalkThreadStack(thread, notes->context, notes->addresses);
    const CallerStack stack =
        CutToCaller(notes->addresses, trace.depth,
                    CodeAddress(reinterpret_cast<uintptr_t>(caller)));
    row = profile->table.Row(stack.addresses, stack.depth, trace.truncated,
                             activity);
  }
  if (row == nullptr) profile->lost.fetch_add(1, std::memory_order_relaxed);
  return row;
}

// Where a wait counts: where it began. If its thread was at work on something
// else when it ended, it belongs to neither as a whole, and must not count as
// measured: as when a worker waits from one benchmark to the next.
uint64_t ActivityOfWait(uint64_t start, uint64_t end) {
  if (start == end) return start;
  Activity first = Activity::Unpack(start);
  if (!first.phase.is_measured()) return start;
  const Activity last = Activity::Unpack(end);
  if (!last.phase.is_measured()) return end;
  if (first.run == last.run) return start;
  first.phase = Phase();
  return first.Pack();
}

}  // namespace

LockProfiles* lock_profiles = nullptr;

void MakeLockProfiles() {
  static NeverDestroyed<LockProfiles> made;
  lock_profiles = &*made;
}

void ForgetLockProfilesInChild() {
  is_inside = false;
  forks.fetch_add(1);
  if (lock_profiles != nullptr) new (lock_profiles) LockProfiles;
}

// The stack is walked now and not at the end: this takes no time from the wait,
// and at the end it would lengthen the time for which the lock is held.
Wait::Wait(const void* lock, const void* caller) : lock_(lock) {
  const Inside inside;
  if (inside.was_inside()) return;
  LockProfiles& profiles = *lock_profiles;
  if (lock_ != nullptr) profiles.waiters.NoteWaitFor(lock_);
  if (profiles.mutex.rate.load(std::memory_order_relaxed) == 0) lock_ = nullptr;
  block_rate_ = profiles.block.rate.load(std::memory_order_relaxed);
  is_on_ = lock_ != nullptr || block_rate_ != 0;
  if (!is_on_) return;
  of_fork_ = forks.load(std::memory_order_relaxed);
  if (lock_ != nullptr) {
    ticket_ = profiles.waiters.Enter(lock_);
  } else {
    ticket_.start = MonotonicNanos();
  }
  if (block_rate_ == 0) return;
  activity_ = CurrentActivity();
  row_ = RowOfCaller(&profiles.block, caller, activity_);
}

Wait::~Wait() {
  if (!is_on_) return;
  const Inside inside;
  if (of_fork_ != forks.load(std::memory_order_relaxed)) return;
  LockProfiles& profiles = *lock_profiles;
  int64_t unlocked = 0;
  const int64_t end = lock_ != nullptr
                          ? profiles.waiters.Leave(lock_, ticket_, &unlocked)
                          : MonotonicNanos();
  const int64_t nanos = end - ticket_.start;
  if (Tracing()) {
    TraceEvent event;
    event.kind = TraceEvent::kWait;
    event.time = ticket_.start;
    event.wait = {end, reinterpret_cast<uintptr_t>(lock_), unlocked};
    AddTraceEvent(event);
  }
  if (row_ == nullptr || nanos <= 0) return;
  const ContentionSample sample = SampleWait(nanos, block_rate_, Random());
  if (sample.count == 0) return;
  const uint64_t activity = ActivityOfWait(activity_, CurrentActivity());
  if (activity != activity_) {
    row_ = profiles.block.table.Row(row_->stack, activity);
    if (row_ == nullptr) return;
  }
  row_->Add(sample.count, sample.nanos);
}

void Wait::Cancel() {
  if (!is_on_) return;
  is_on_ = false;
  const Inside inside;
  if (lock_ != nullptr) lock_profiles->waiters.Cancel(lock_, ticket_);
}

Charge::Charge(const void* lock) : lock_(lock) {
  const Inside inside;
  if (!inside.was_inside()) charges_ = lock_profiles->waiters.Charge(lock);
}

void Charge::Record(const void* caller) const {
  if (charges_.nanos == 0 && charges_.waits == 0) return;
  const Inside inside;
  if (inside.was_inside()) return;
  if (Tracing()) {
    TraceEvent event;
    event.kind = TraceEvent::kUnlock;
    event.time = charges_.time;
    event.unlock = {reinterpret_cast<uintptr_t>(lock_)};
    AddTraceEvent(event);
  }
  LockProfile& profile = lock_profiles->mutex;
  const int64_t fraction = profile.rate.load(std::memory_order_relaxed);
  if (fraction == 0) return;
  const ContentionSample sample =
      SampleUnlock(charges_.waits, charges_.nanos, fraction, Random());
  if (sample.nanos == 0 && sample.count == 0) return;
  SumsRow* row = RowOfCaller(&profile, caller, CurrentActivity());
  if (row == nullptr) return;
  row->Add(sample.count, sample.nanos);
}

}  // namespace bench_profiler
