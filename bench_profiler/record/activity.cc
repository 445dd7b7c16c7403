#include <atomic>

#include "bench_profiler/allocations.h"
#include "bench_profiler/platform/thread_state.h"
#include "bench_profiler/record/instruction_count.h"
#include "bench_profiler/record/observed_thread.h"
#include "bench_profiler/record/timed_allocations.h"
#include "bench_profiler/record/trace_activity.h"
#include "bench_profiler/record/trace_log.h"
#include "bench_profiler/region.h"

namespace bench_profiler {
namespace {

// The activity of a thread inside a RunScope, otherwise 0. In initial-exec TLS
// (by a compiler option of this library), so that reading it in a signal
// handler never allocates.
thread_local std::atomic<uint64_t> thread_activity{0};

thread_local bool measured_in_scope = false;

// The activity of all other threads. The bits that Activity::Pack leaves free
// count how often it was set.
std::atomic<uint64_t> helper_activity{Activity{}.Pack()};
constexpr uint64_t kOneMore = 1 << 8;
constexpr uint64_t kTimes = 0xff << 8;

std::atomic<uint32_t> outside_run{0};

// How many threads of the current run are inside a RunScope, and how many of
// them are measured.
std::atomic<int> entered{0};
std::atomic<int> measured{0};

// The measured phase that a thread entered last, as a byte.
std::atomic<uint8_t> measured_phase{0};

// If another thread was faster, the numbers above may be out of date, so this
// starts again.
void PublishForHelpers(uint32_t run, Phase phase) {
  uint64_t before = helper_activity.load();
  uint64_t after;
  do {
    Activity activity;
    activity.run = run;
    activity.phase = measured.load() > 0 && !phase.is_measured()
                         ? Phase::FromByte(measured_phase.load())
                         : phase;
    after = activity.Pack() | ((before + kOneMore) & kTimes);
  } while (!helper_activity.compare_exchange_weak(before, after));
}

// Sets the activity of the calling thread.
void SetOwnActivity(uint64_t word) {
  if (Tracing()) {
    TraceActivity(thread_activity.load(std::memory_order_relaxed), word);
  }
  thread_activity.store(word, std::memory_order_relaxed);
}

}  // namespace

uint64_t ActivityNow(uint64_t own) {
  return own != 0 ? own
                  : helper_activity.load(std::memory_order_relaxed) & ~kTimes;
}

uint64_t OwnActivity() {
  return thread_activity.load(std::memory_order_relaxed);
}

uint64_t CurrentActivity() { return ActivityNow(OwnActivity()); }

uint64_t ActivityOfThread(pid_t tid) {
  static_assert(sizeof(thread_activity) == sizeof(uint64_t));
  uint64_t its_own = 0;
  ReadFromThread(tid, &thread_activity, &its_own, sizeof(its_own));
  return its_own;
}

RunScope::RunScope(uint32_t run, uint16_t thread, Phase first)
    : outer_(thread_activity.load(std::memory_order_relaxed)), first_(first) {
  if (CountingInstructions() && outer_ == 0) OnCountedRunEntered();
  SetPhase(first);
  Activity activity;
  activity.run = run;
  activity.thread = thread;
  activity.phase = first;
  SetOwnActivity(activity.Pack());
  measured_in_scope = false;
  entered.fetch_add(1);
  PublishForHelpers(run, first);
  if (CountingAllocations() && outer_ == 0) OnRunEntered();
}

RunScope::~RunScope() {
  SetPhase(first_);
  if (CountingAllocations() && outer_ == 0) OnRunLeft();
  Activity outer = Activity::Unpack(outer_);
  const Phase outer_phase = outer.phase;
  outer.phase = first_;  // as the constructor left it
  SetOwnActivity(outer_ == 0 ? 0 : outer.Pack());
  if (entered.fetch_sub(1) == 1) PublishForHelpers(outside_run.load(), Phase());
  if (CountingInstructions() && outer_ == 0) OnCountedRunLeft();
  SetPhase(outer_phase);
}

bool RunScope::was_measured() const { return measured_in_scope; }

void SetOutsideRun(uint32_t run) {
  outside_run.store(run);
  if (entered.load() == 0) PublishForHelpers(run, Phase());
}

void SetPhase(Phase phase) {
  const uint64_t word = thread_activity.load(std::memory_order_relaxed);
  if (word == 0) return;
  Activity activity = Activity::Unpack(word);
  if (activity.phase == phase) return;
  const bool was_measured = activity.phase.is_measured();
  if (CountingInstructions() && was_measured) OnCountedPhaseEnd();
  if (phase.is_measured())
    measured_phase.store(phase.byte(), std::memory_order_relaxed);
  if (phase.is_measured() && !was_measured) {
    measured_in_scope = true;
    const bool first = measured.fetch_add(1) == 0;
    if (CountingAllocations()) OnTimedStart(first);
  }
  if (was_measured && !phase.is_measured()) {
    const bool last = measured.fetch_sub(1) == 1;
    if (CountingAllocations()) OnTimedEnd(last);
  }
  activity.phase = phase;
  SetOwnActivity(activity.Pack());
  PublishForHelpers(activity.run, phase);
  if (CountingInstructions() && phase.is_measured()) {
    OnCountedPhaseStart(activity.Pack());
  }
}

}  // namespace bench_profiler
