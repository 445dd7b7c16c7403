// A test with a known wait.
#include <gtest/gtest.h>

#include <mutex>
#include <thread>

#include "holder.h"

namespace {

std::mutex mutex;

TEST(Locks, AreWaitedFor) {
  mutex.lock();
  std::thread victim([] { const std::lock_guard<std::mutex> lock(mutex); });
  SleepWhileOneWaits(&mutex, 20);
  mutex.unlock();
  victim.join();
}

TEST(Locks, AreNot) { const std::lock_guard<std::mutex> lock(mutex); }

}  // namespace
