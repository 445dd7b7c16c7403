// Fails if somebody who does not know its framework changes an object of it.
#include <cstring>

#include "spin.h"
#include "stand_in_benchmark.h"

__attribute__((noinline)) static void OrdinaryWork(double seconds) {
  SpinFor(seconds);
  __asm__ volatile("# OrdinaryWork");
}

int main() {
  benchmark::internal::Benchmark known;
  benchmark::internal::Benchmark registered;
  benchmark::internal::RegisterBenchmarkInternal(&registered);
  benchmark::State().StartKeepRunning();
  OrdinaryWork(0.3);
  // The pointers to their vtables.
  return std::memcmp(static_cast<void*>(&known),
                     static_cast<void*>(&registered), sizeof(known)) == 0
             ? 0
             : 1;
}
