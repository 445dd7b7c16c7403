// A library that cannot be loaded without a thread.
#include <thread>

#include "spin.h"

namespace {

__attribute__((noinline)) void WorkInsideDlopen() {
  SpinFor(0.02);
  spin_sink = 3;
}

struct StartsThread {
  StartsThread() { std::thread(WorkInsideDlopen).join(); }
} starts_thread;

}  // namespace
