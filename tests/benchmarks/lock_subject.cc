// What lock_overhead measures: locks and unlocks as it is told, and prints the
// nanoseconds of such a pair.
//
//   lock_subject [PROFILER FLAGS] mutex|library|shared|exclusive THREADS MS
//   lock_subject [PROFILER FLAGS] contended THREADS MS
//
// mutex: a std::mutex that nobody else wants, CPU time. With 2 THREADS the
// other one sleeps, but libc has to reckon with it. library: the same, by the
// code of a shared library. shared and exclusive: a std::shared_mutex.
// contended: all threads want the same mutex, hold it for about 0.2 us, and are
// away for about 0.6 us; nanoseconds of the clock on the wall, of all threads
// together.
#include "tests/benchmarks/lock_subject.h"

#include <time.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

std::mutex mutex;
std::shared_mutex shared_mutex;

__attribute__((noinline)) void MutexBatch() {
  for (int i = 0; i < kBatch; ++i) {
    mutex.lock();
    asm volatile("" : : : "memory");
    mutex.unlock();
  }
}

void SharedBatch() {
  for (int i = 0; i < kBatch; ++i) {
    shared_mutex.lock_shared();
    shared_mutex.unlock_shared();
  }
}

void ExclusiveBatch() {
  for (int i = 0; i < kBatch; ++i) {
    shared_mutex.lock();
    shared_mutex.unlock();
  }
}

double ThreadCpuNanos() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 +
         static_cast<double>(time.tv_nsec);
}

// Of a pair: the first decile of the batches, since others have interrupts in
// them.
double Uncontended(void (*batch)(), Clock::time_point end) {
  std::vector<double> nanos;
  while (Clock::now() < end) {
    const double start = ThreadCpuNanos();
    batch();
    nanos.push_back((ThreadCpuNanos() - start) / kBatch);
  }
  std::sort(nanos.begin(), nanos.end());
  return nanos[nanos.size() / 10];
}

void Work(int turns) {
  for (int i = 0; i < turns; ++i) asm volatile("pause");
}

double Contended(int threads, Clock::time_point end) {
  std::atomic<long> pairs{0};
  const Clock::time_point start = Clock::now();
  std::vector<std::thread> all;
  for (int t = 0; t < threads; ++t) {
    all.emplace_back([&] {
      long own = 0;
      while (Clock::now() < end) {
        for (int i = 0; i < 100; ++i, ++own) {
          {
            const std::lock_guard<std::mutex> lock(mutex);
            Work(5);
          }
          Work(15);
        }
      }
      pairs += own;
    });
  }
  for (std::thread& thread : all) thread.join();
  const std::chrono::duration<double, std::nano> nanos = Clock::now() - start;
  return nanos.count() / static_cast<double>(pairs.load());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: %s PATTERN THREADS MILLISECONDS\n", argv[0]);
    return 2;
  }
  const std::string pattern = argv[1];
  const int threads = std::atoi(argv[2]);
  const Clock::time_point end =
      Clock::now() + std::chrono::milliseconds(std::atoi(argv[3]));
  if (pattern == "contended") {
    std::printf("ns/op %.3f\n", Contended(threads, end));
    return 0;
  }
  std::vector<std::thread> others;
  for (int i = 1; i < threads; ++i) {
    others.emplace_back([end] { std::this_thread::sleep_until(end); });
  }
  std::printf("ns/op %.3f\n",
              Uncontended(pattern == "shared"      ? SharedBatch
                          : pattern == "exclusive" ? ExclusiveBatch
                          : pattern == "library"   ? LibraryBatch
                                                   : MutexBatch,
                          end));
  for (std::thread& other : others) other.join();
}
