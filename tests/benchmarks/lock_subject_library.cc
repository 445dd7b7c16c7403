#include <mutex>

#include "tests/benchmarks/lock_subject.h"

namespace {
std::mutex mutex;
}

void LibraryBatch() {
  for (int i = 0; i < kBatch; ++i) {
    mutex.lock();
    asm volatile("" : : : "memory");
    mutex.unlock();
  }
}
