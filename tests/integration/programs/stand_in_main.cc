// Fails if somebody who does not know its framework changes an object of it.
#include <cstring>

#include "spin.h"
#include "stand_in_benchmark.h"

__attribute__((noinline)) static void OrdinaryWork(double seconds) {
  SpinFor(seconds);
  __asm__ volatile("# OrdinaryWork");
}

static void BM_Work(benchmark::State& state) {
  state.StartKeepRunning();
  OrdinaryWork(0.3);
  __asm__ volatile("# no jump in the place of that call");
}

int main() {
  benchmark::internal::Benchmark known;
  benchmark::internal::Benchmark registered;
  benchmark::internal::RegisterBenchmarkInternal(&registered);
  benchmark::State state;
  void (*volatile run)(benchmark::State&) = BM_Work;
  run(state);
  // The pointers to their vtables.
  return std::memcmp(static_cast<void*>(&known),
                     static_cast<void*>(&registered), sizeof(known)) == 0
             ? 0
             : 1;
}
