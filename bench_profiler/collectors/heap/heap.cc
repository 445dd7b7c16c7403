// The heap profile: draws blocks with a chance that grows with their size,
// records the stacks that allocate them, and follows them until they are freed.
#include <sys/mman.h>

#include <cinttypes>
#include <cmath>
#include <cstdio>
#include <new>

#include "bench_profiler/collectors/collector.h"
#include "bench_profiler/collectors/heap/heap_table.h"
#include "bench_profiler/collectors/table/thread_stack.h"
#include "bench_profiler/interpose/allocation_thread.h"
#include "bench_profiler/interpose/observed_allocator.h"
#include "bench_profiler/platform/never_destroyed.h"
#include "bench_profiler/platform/thread_events.h"
#include "bench_profiler/profile/unsample.h"
#include "bench_profiler/record/trace_counters.h"
#include "bench_profiler/record/trace_log.h"
#include "bench_profiler/region.h"
#include "bench_profiler/stack/arch/arch.h"
#include "bench_profiler/stack/stack_memo.h"
#include "bench_profiler/stack/stack_walker.h"

namespace bench_profiler {
namespace {

// One byte for each run tells whether its benchmark has ended. If there are
// more runs than this, the others count as never ended.
constexpr size_t kMaxRuns = size_t{1} << 24;

// Up to this many bytes between two samples, stacks are taken so often that it
// pays to remember them.
constexpr int64_t kOften = 4096;

// What sampling needs and does not put on the thread's stack, of which little
// may be left. There is one for each thread, in pages of our own, with zero
// bytes at first.
struct HeapNotes {
  // Null if the system has no memory left. Never given back.
  static HeapNotes* Of(AllocationThread* thread);

  ucontext_t context;
  uintptr_t addresses[kMaxFrames];
  WalkLog log;
  StackMemo* memo;
  uint32_t of_fork;  // the value of `forks` when `memo` was filled
};

// How many forks there were from the first process to this one. What was
// remembered before the last one leads to stacks of the parent.
std::atomic<uint32_t> forks{0};

HeapNotes* HeapNotes::Of(AllocationThread* thread) {
  if (thread->notes == nullptr) {
    void* memory = mmap(nullptr, sizeof(HeapNotes), PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return nullptr;
    thread->notes = memory;
  }
  auto* notes = static_cast<HeapNotes*>(thread->notes);
  const uint32_t now = forks.load(std::memory_order_relaxed);
  if ((thread->is_new || notes->of_fork != now) && notes->memo != nullptr) {
    notes->memo->Clear();
  }
  notes->of_fork = now;
  thread->is_new = false;
  return notes;
}

class HeapCollector : public Collector, public AllocationObserver {
 public:
  Error Start(const CollectorOptions& options, Error* notice) override;
  void Stop() override;
  void Drain(SampleSink* sink) override;
  void Snapshot(RowSink* sink) override;
  void EndRun(uint32_t run) override;
  void ForgetInChild() override;
  const char* Description() const override { return description_; }
  int64_t Period() const override { return rate_; }
  uint64_t Lost() const override {
    return lost_.load(std::memory_order_relaxed);
  }

  void* OnSample(size_t size, int64_t mean, uintptr_t caller) override;
  void OnFree(void* cookie) override;

 private:
  int64_t BlocksOf(const HeapRow& row) const;
  KnownStack* Walk(AllocationThread* thread, HeapNotes* notes, WalkLog* log);
  KnownStack* WalkOrRemember(AllocationThread* thread, HeapNotes* notes,
                             uintptr_t caller);

  HeapTable table_;
  std::atomic<uint8_t>* ended_ = nullptr;
  std::atomic<uint64_t> lost_{0};
  int64_t rate_ = 0;           // the last one, 0: was never started
  bool rate_changed_ = false;  // at some time
  char description_[256] = "";
};

Error HeapCollector::Start(const CollectorOptions& options, Error*) {
  // Only once, since blocks that were drawn before may still be in use.
  if (ended_ == nullptr) {
    void* ended = mmap(nullptr, kMaxRuns, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (ended == MAP_FAILED) return Error::Format("no memory left");
    ended_ = static_cast<std::atomic<uint8_t>*>(ended);
  }
  if (!table_.Start()) return Error::Format("no memory left");
  ExtendSmallStacks();
  // Now, since there may be no memory left later.
  HeapNotes::Of(AllocationThread::Current());
  const Error error = ObserveAllocations(this, options.rate);
  if (error) return error;
  heap_estimate.is_known.store(true);
  if (rate_ != 0 && rate_ != options.rate) rate_changed_ = true;
  rate_ = options.rate;
  std::snprintf(description_, sizeof(description_),
                "heap: %s, one sample in %" PRId64
                " bytes allocated%s; estimates, unless every one is sampled%s",
                AllocatorDescription(), rate_,
                rate_ == 1 ? " (every allocation)" : "",
                rate_changed_ ? "; the rate was changed: each sample counts by "
                                "the one that it was drawn at"
                              : "");
  return Error();
}

void HeapCollector::Stop() { StopObservingAllocations(); }

// How many blocks a block of this row stands for.
int64_t HeapCollector::BlocksOf(const HeapRow& row) const {
  return std::lround(BlocksPerSample(row.size, table_.RateOf(row)));
}

KnownStack* HeapCollector::Walk(AllocationThread* thread, HeapNotes* notes,
                                WalkLog* log) {
  const StackTrace trace =
      WalkThreadStack(thread, notes->context, notes->addresses, log);
  return table_.stacks()->Find(notes->addresses, trace.depth, trace.truncated);
}

KnownStack* HeapCollector::WalkOrRemember(AllocationThread* thread,
                                          HeapNotes* notes, uintptr_t caller) {
  if (notes->memo == nullptr) notes->memo = StackMemo::New();
  StackMemo* memo = notes->memo;
  if (memo == nullptr) return Walk(thread, notes, nullptr);
  if (void* known = memo->Find(notes->context, caller)) {
    return static_cast<KnownStack*>(known);
  }
  notes->log.Clear();
  KnownStack* stack = Walk(thread, notes, &notes->log);
  if (stack != nullptr) memo->Add(notes->context, caller, notes->log, stack);
  return stack;
}

void* HeapCollector::OnSample(size_t size, int64_t mean, uintptr_t caller) {
  AllocationThread* thread = AllocationThread::Current();
  HeapNotes* notes = HeapNotes::Of(thread);
  KnownStack* stack = nullptr;
  if (notes != nullptr) {
    CaptureContext(&notes->context);
    stack = mean <= kOften ? WalkOrRemember(thread, notes, caller)
                           : Walk(thread, notes, nullptr);
  }
  HeapRow* row = stack == nullptr
                     ? nullptr
                     : table_.Row(stack, size, CurrentActivity(), mean);
  if (row == nullptr) {
    lost_.fetch_add(1, std::memory_order_relaxed);
    return nullptr;
  }
  row->allocated.fetch_add(1, std::memory_order_relaxed);
  heap_estimate.allocations.fetch_add(BlocksOf(*row));
  heap_estimate.bytes.fetch_add(BlocksOf(*row) * static_cast<int64_t>(size));
  if (Tracing()) TraceCounters();
  return row;
}

void HeapCollector::OnFree(void* cookie) {
  auto* row = static_cast<HeapRow*>(cookie);
  // Whoever sees the block being freed also sees that it was allocated.
  row->freed.fetch_add(1, std::memory_order_release);
  heap_estimate.bytes.fetch_sub(BlocksOf(*row) *
                                static_cast<int64_t>(row->size));
  if (Tracing()) TraceCounters();
  const uint32_t run = Activity::Unpack(HeapTable::ActivityOf(*row)).run;
  if (run < kMaxRuns && ended_[run].load(std::memory_order_relaxed) != 0) {
    row->freed_late.fetch_add(1, std::memory_order_relaxed);
  }
}

void HeapCollector::EndRun(uint32_t run) {
  if (run < kMaxRuns) ended_[run].store(1, std::memory_order_relaxed);
}

// Another thread may have been changing the table. A new one takes its place,
// and the parent's stays where it is.
void HeapCollector::ForgetInChild() {
  new (&table_) HeapTable;
  lost_.store(0);
  new (&heap_estimate) HeapEstimate;
  rate_ = 0;
  rate_changed_ = false;
  forks.fetch_add(1);
}

// Hands over the new stacks while their libraries are still loaded.
void HeapCollector::Drain(SampleSink* sink) {
  table_.stacks()->HandOverNew(sink);
}

void HeapCollector::Snapshot(RowSink* sink) {
  table_.ForEachRow([this, sink](const HeapRow& entry) {
    const int64_t freed = entry.freed.load(std::memory_order_acquire);
    const int64_t allocated = entry.allocated.load(std::memory_order_relaxed);
    const uint64_t activity = HeapTable::ActivityOf(entry);
    SampleRow row;
    row.stack = entry.stack->number;
    row.size = entry.size;
    row.rate = table_.RateOf(entry);
    row.samples = row.values[0] = allocated;
    row.values[2] = allocated - freed;
    sink->Add(activity, row);
    row.values[2] += entry.freed_late.load(std::memory_order_relaxed);
    sink->AddToRegion(activity, row);
  });
}

}  // namespace

Collector* TheHeapCollector() {
  static NeverDestroyed<HeapCollector> collector;
  return &*collector;
}

}  // namespace bench_profiler
