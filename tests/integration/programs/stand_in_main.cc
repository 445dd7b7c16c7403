// Links stand_in_benchmark.cc.
#include "spin.h"

namespace benchmark {
class State {
 public:
  void StartKeepRunning();
};
}  // namespace benchmark

__attribute__((noinline)) static void OrdinaryWork(double seconds) {
  SpinFor(seconds);
  __asm__ volatile("# OrdinaryWork");
}

int main() {
  benchmark::State().StartKeepRunning();
  OrdinaryWork(0.3);
}
