// Decides when the heap is sampled, and the threads are counted that are made.
// In an enabled program, or one that the profiler was preloaded into, this is
// when the program asks for it, or when profiles are served; in any other from
// its start.
#include <atomic>
#include <cerrno>
#include <cstdlib>

#include "bench_profiler/allocations.h"
#include "bench_profiler/pprof.h"
#include "bench_profiler/pprof/kinds_by_name.h"
#include "bench_profiler/pprof/passed_on.h"
#include "bench_profiler/pprof/serving_switch.h"
#include "bench_profiler/pprof/table_switch.h"
#include "bench_profiler/program.h"
#include "bench_profiler/sampling/sampling.h"

namespace bench_profiler {
namespace {

size_t HeapIndex() {
  static const size_t index = KindIndex("heap");
  return index;
}

// The rate that the environment asks for. If that is not a valid rate, the
// default.
int64_t RateAtStart() {
  const int64_t usual = Kinds()[HeapIndex()].default_rate;
  const char* text = std::getenv("BENCH_PROFILER_MEMPROFILERATE");
  if (text == nullptr) return usual;
  char* end = nullptr;
  errno = 0;
  const long long rate = std::strtoll(text, &end, 10);
  return end == text || *end != '\0' || errno != 0 || rate < 0 ? usual : rate;
}

std::atomic<bool> is_decided{false};  // the program has set a rate

// Costs nothing until a thread is created.
void TurnOnThreadcreate() { SetTableRate(KindIndex("threadcreate"), 1); }

}  // namespace

void TurnOnForServing() {
  static std::atomic<bool> done{false};
  if (done.exchange(true)) return;
  TurnOnThreadcreate();
  if (is_decided || Rate(HeapIndex()) != 0) return;
  SetTableRate(HeapIndex(), RateAtStart());
}

namespace pprof {

void internal::SampleHeapFromStart() {
  // This is called once for each file of the program that includes pprof.h.
  static std::atomic<bool> done{false};
  if (done.exchange(true) || IsEnabledProgram() || IsPreloaded()) return;
  SetTableRate(HeapIndex(), RateAtStart());
  TurnOnThreadcreate();
}

int64_t SetMemProfileRate(int64_t rate) {
  if (const auto next = PassedOn<&SetMemProfileRate>()) return next(rate);
  if (rate >= 0) is_decided = true;
  return SetTableRate(HeapIndex(), rate);
}

}  // namespace pprof
}  // namespace bench_profiler
