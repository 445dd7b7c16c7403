// Locks in its constructor, while dlopen holds the loader's lock, what another
// thread of its own holds.
#include <mutex>
#include <thread>

#include "holder.h"

namespace {

std::mutex mutex;

struct LockAtStart {
  LockAtStart() {
    mutex.lock();
    std::thread other([] {
      mutex.lock();
      mutex.unlock();
    });
    SleepWhileOneWaits(&mutex, 1);
    mutex.unlock();
    other.join();
    mutex.lock();
    mutex.unlock();
  }
} lock_at_start;

}  // namespace
