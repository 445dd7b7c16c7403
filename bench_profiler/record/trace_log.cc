#include "bench_profiler/record/trace_log.h"

#include <sys/mman.h>
#include <time.h>

#include <algorithm>

#include "bench_profiler/platform/thread_events.h"

namespace bench_profiler {
namespace {

constexpr size_t kBytes = kMaxTraceEvents * sizeof(TraceEvent);

// Never unmapped: a thread may be in the middle of writing when its trace
// stops. Such an event is left out, or at worst ends up in the next trace,
// whose reader takes no number in it for granted.
TraceEvent* events = nullptr;

std::atomic<size_t> used{0};
std::atomic<uint64_t> lost{0};

std::atomic<uint32_t> number{0};

size_t RoomFor(uint32_t kind) {
  switch (kind) {
    case TraceEvent::kWait:
    case TraceEvent::kUnlock:
    case TraceEvent::kLabels:
      return kMaxTraceEvents / 4 * 3;
    default:
      return kMaxTraceEvents;
  }
}

// Returns an index, or kMaxTraceEvents if there is no room.
size_t Take(uint32_t kind) {
  const size_t room = RoomFor(kind);
  if (used.load(std::memory_order_relaxed) < room) {
    const size_t at = used.fetch_add(1, std::memory_order_relaxed);
    if (at < kMaxTraceEvents) return at;
  }
  lost.fetch_add(1, std::memory_order_relaxed);
  return kMaxTraceEvents;
}

}  // namespace

std::atomic<bool> is_tracing{false};

// clock_gettime is async-signal-safe (POSIX).
int64_t TraceTime() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * int64_t{1000000000} + time.tv_nsec;
}

void AddTraceEvent(TraceEvent event) {
  if (!Tracing()) return;
  if (event.time == 0) event.time = TraceTime();
  if (event.tid == 0) event.tid = CurrentThreadId();
  const uint32_t kind = event.kind;
  const size_t at = Take(kind);
  if (at == kMaxTraceEvents) return;
  // Whoever sees the kind also sees the rest.
  event.kind = TraceEvent::kNone;
  events[at] = event;
  __atomic_store_n(&events[at].kind, kind, __ATOMIC_RELEASE);
}

void AddTraceLabels(int32_t tid, uint32_t labels) {
  TraceEvent event;
  event.kind = TraceEvent::kLabels;
  event.tid = tid;
  event.labels = {labels};
  AddTraceEvent(event);
}

uint32_t TraceNumber() { return number.load(std::memory_order_relaxed); }

bool StartTraceLog() {
  if (events == nullptr) {
    // Pages are taken when they are written to.
    void* memory = mmap(nullptr, kBytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) return false;
    events = static_cast<TraceEvent*>(memory);
  }
  madvise(events, kBytes, MADV_DONTNEED);  // all zero again
  used.store(0);
  lost.store(0);
  number.fetch_add(1);
  is_tracing.store(true);
  return true;
}

void StopTraceLog() { is_tracing.store(false); }

ArrayView<TraceEvent> TraceEvents() {
  return {events, std::min(used.load(), kMaxTraceEvents)};
}

uint64_t LostTraceEvents() { return lost.load(); }

void ForgetTraceInChild() {
  is_tracing.store(false);
  used.store(0);
}

}  // namespace bench_profiler
