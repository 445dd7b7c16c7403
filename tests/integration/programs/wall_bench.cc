// A benchmark that waits in known ways, for times that it measures itself and
// prints, and one on two threads.
#include <benchmark/benchmark.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <mutex>
#include <thread>

#include "spin.h"

namespace {

using Clock = std::chrono::steady_clock;

double read_seconds = 0;
double sleep_seconds = 0;
double lock_seconds = 0;
std::atomic<int64_t> loop_nanos{0};  // of both threads together

// Adds up the time of a scope.
class Stopwatch {
 public:
  explicit Stopwatch(double* sum) : sum_(sum) {}
  ~Stopwatch() {
    *sum_ += std::chrono::duration<double>(Clock::now() - start_).count();
  }

 private:
  double* sum_;
  Clock::time_point start_ = Clock::now();
};

// AddressSanitizer's read(2) ends the stack of a thread that is looked at from
// outside.
int64_t Read(int file, void* to, size_t size) {
#ifdef __SANITIZE_ADDRESS__
  return syscall(SYS_read, file, to, size);
#else
  return read(file, to, size);
#endif
}

__attribute__((noinline)) void ReadForAWhile(int timer, int64_t microseconds) {
  const Stopwatch watch(&read_seconds);
  itimerspec time = {};
  time.it_value.tv_nsec = microseconds * 1000;
  timerfd_settime(timer, 0, &time, nullptr);
  uint64_t expirations = 0;
  if (Read(timer, &expirations, sizeof(expirations)) < 0) std::perror("read");
}

__attribute__((noinline)) void SleepForAWhile(int64_t microseconds) {
  const Stopwatch watch(&sleep_seconds);
  std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
}

// Holds a mutex as long as it is told to, from when it is told to.
class Holder {
 public:
  ~Holder() {
    microseconds_.store(-1);
    thread_.join();
  }

  void Hold(int64_t microseconds) {
    microseconds_.store(microseconds);
    while (microseconds_.load() != 0) std::this_thread::yield();
  }

  std::mutex mutex;

 private:
  void Run() {
    for (;;) {
      const int64_t microseconds = microseconds_.load();
      if (microseconds < 0) return;
      if (microseconds == 0) {
        std::this_thread::sleep_for(std::chrono::microseconds(100));
        continue;
      }
      const std::lock_guard<std::mutex> lock(mutex);
      microseconds_.store(0);
      std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
    }
  }

  std::atomic<int64_t> microseconds_{0};
  std::thread thread_{[this] { Run(); }};
};

__attribute__((noinline)) void LockForAWhile(Holder* holder) {
  const Stopwatch watch(&lock_seconds);
  const std::lock_guard<std::mutex> lock(holder->mutex);
}

void BM_Waits(benchmark::State& state) {
  const int timer = timerfd_create(CLOCK_MONOTONIC, 0);
  Holder holder;
  uint32_t random = 12345;
  for (auto _ : state) {
    random = random * 1664525 + 1013904223;
    const int64_t unit = 500 + static_cast<int64_t>(random >> 22);
    ReadForAWhile(timer, unit);
    SleepForAWhile(2 * unit);
    holder.Hold(4 * unit);
    LockForAWhile(&holder);
  }
  close(timer);
}
BENCHMARK(BM_Waits)->Iterations(250)->UseRealTime();

void BM_TwoThreads(benchmark::State& state) {
  double seconds = 0;
  for (auto _ : state) {
    const Stopwatch watch(&seconds);
    if (state.thread_index() == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    } else {
      SpinFor(0.002);
    }
  }
  loop_nanos += static_cast<int64_t>(seconds * 1e9);
}
BENCHMARK(BM_TwoThreads)->Iterations(300)->Threads(2)->UseRealTime();

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  std::printf("read %.6f\nsleep %.6f\nlock %.6f\nloop %.6f\n", read_seconds,
              sleep_seconds, lock_seconds,
              1e-9 * static_cast<double>(loop_nanos.load()));
}
