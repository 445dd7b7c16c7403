#include "bench_profiler/record/instruction_count.h"

#include "bench_profiler/platform/callgrind.h"
#include "bench_profiler/region.h"

namespace bench_profiler {
namespace {

// What was counted since the last file: a packed activity, or one of these.
constexpr uint64_t kNothing = UINT64_MAX;
constexpr uint64_t kWholeProgram = UINT64_MAX - 1;
std::atomic<uint64_t> counted{kNothing};

std::atomic<uint32_t> files{0};
std::atomic<int> threads_inside{0};

// Whether callgrind counts this thread. When instrumentation stops, it forgets
// that it did.
thread_local bool collects = false;

void Collect(bool on) {
  if (collects == on) return;
  collects = on;
  AskCallgrind(CallgrindRequest::kToggleCollect);
}

bool IsActivity(uint64_t what) { return what < kWholeProgram; }

// Writes a file. valgrind runs one thread at a time, and this one does not stop
// in a request.
void Dump(uint64_t activity) {
  char text[17];  // "%llx" without malloc or locale
  size_t size = 0;
  for (int shift = 60; shift >= 0; shift -= 4) {
    text[size++] = "0123456789abcdef"[activity >> shift & 0xf];
  }
  text[size] = '\0';
  AskCallgrind(CallgrindRequest::kDumpStatsAt, text);
  files.fetch_add(1);
}

}  // namespace

void StartCountingInstructions() {
  counted.store(kWholeProgram);
  counting_instructions.store(true);
  AskCallgrind(CallgrindRequest::kStartInstrumentation);
  Collect(true);
}

void StopCountingInstructions() {
  if (!counting_instructions.exchange(false)) return;
  Collect(false);
  AskCallgrind(CallgrindRequest::kStopInstrumentation);
  if (counted.load() == kWholeProgram) counted.store(Activity().Pack());
}

void OnCountedThreadStart() {
  if (counted.load() == kWholeProgram || threads_inside.load() > 0) {
    Collect(true);
  }
}

void OnCountedRunEntered() {
  Collect(false);
  if (threads_inside.fetch_add(1) != 0) return;
  uint64_t whole = kWholeProgram;
  if (counted.compare_exchange_strong(whole, kNothing)) {
    AskCallgrind(CallgrindRequest::kZeroStats);
  }
  AskCallgrind(CallgrindRequest::kStartInstrumentation);
}

void OnCountedRunLeft() {
  if (threads_inside.fetch_sub(1) != 1) return;
  AskCallgrind(CallgrindRequest::kStopInstrumentation);
}

// Threads of one phase share a file.
void OnCountedPhaseStart(uint64_t activity) {
  const uint64_t before = counted.load();
  Activity now = Activity::Unpack(activity);
  const Activity last = Activity::Unpack(before);
  if (IsActivity(before) && last.run == now.run && last.phase == now.phase) {
    if (last.thread != now.thread) now.thread = kHelperThread;
  } else if (IsActivity(before)) {
    Dump(before);
  }
  counted.store(now.Pack());
  Collect(true);
}

void OnCountedPhaseEnd() { Collect(false); }

uint32_t DumpInstructions() {
  const uint64_t what = counted.load();
  if (IsActivity(what)) {
    Dump(what);
    counted.store(kNothing);
  }
  return files.load();
}

}  // namespace bench_profiler
