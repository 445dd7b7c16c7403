// Does something awkward with locks, which the first argument names. What it
// finds wrong, it says, and ends with 20. Knows nothing of profiles.
#include "lock_bad_days.h"

#include <dlfcn.h>
#include <ucontext.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <vector>

#include "holder.h"

namespace {

void ManyLocks() {
  std::atomic<bool> stop{false};
  std::atomic<std::mutex*> shared{nullptr};
  std::mutex guard;
  std::thread other([&] {
    while (!stop) {
      const std::lock_guard<std::mutex> lock(guard);
      std::mutex* mutex = shared;
      if (mutex == nullptr) continue;
      mutex->lock();
      mutex->unlock();
    }
  });
  for (int i = 0; i < 10000; ++i) {
    auto mutex = std::make_unique<std::mutex>();
    shared = mutex.get();
    for (int k = 0; k < 10; ++k) {
      const std::lock_guard<std::mutex> lock(*mutex);
      asm volatile("");
    }
    const std::lock_guard<std::mutex> lock(guard);
    shared = nullptr;
  }
  stop = true;
  other.join();
}

void ManyThreads() {
  std::mutex mutex;
  int count = 0;
  for (int i = 0; i < 2500; ++i) {
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        const std::lock_guard<std::mutex> lock(mutex);
        ++count;
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  Check(count == 10000, "count");
}

void LockWhileLoading() {
  const char* library = std::getenv("LOCKING_LIBRARY");
  for (int i = 0; i < 50; ++i) {
    void* handle = dlopen(library, RTLD_NOW);
    Check(handle != nullptr, "dlopen");
    dlclose(handle);
  }
}

ucontext_t fiber;
ucontext_t back;
std::mutex fiber_mutex;

void RunFiber() {
  for (int i = 0; i < 20; ++i) {
    fiber_mutex.lock();
    fiber_mutex.unlock();
    SleepFor(1);
  }
}

void SmallFiber() {
  constexpr size_t kSize = size_t{16} << 10;
  std::vector<char> stack(kSize, 'x');
  std::atomic<bool> stop{false};
  std::thread other([&] {
    while (!stop) {
      const std::lock_guard<std::mutex> lock(fiber_mutex);
      SleepFor(2);
    }
  });
  getcontext(&fiber);
  fiber.uc_stack.ss_sp = stack.data();
  fiber.uc_stack.ss_size = stack.size();
  fiber.uc_link = &back;
  makecontext(&fiber, RunFiber, 0);
  swapcontext(&back, &fiber);
  stop = true;
  other.join();
  Check(stack[0] == 'x', "the fiber's stack was enough");
}

// A lock that allocates while it is held, and an allocator that locks. The
// second argument says for how many seconds.
void AllocateUnderLocks(double seconds) {
  const auto end =
      std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  std::shared_mutex mutex;
  std::vector<std::vector<int>> shared(64);
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      unsigned random = t + 1;
      std::vector<std::thread> more;
      while (std::chrono::steady_clock::now() < end) {
        for (int i = 0; i < 100; ++i) {
          random = random * 1664525 + 1013904223;
          if (random >> 30 == 0) {
            const std::shared_lock<std::shared_mutex> lock(mutex);
            std::vector<int> copy = shared[random >> 8 & 63];
            asm volatile("" : : "r"(copy.data()) : "memory");
          } else {
            const std::lock_guard<std::shared_mutex> lock(mutex);
            shared[random >> 8 & 63].assign(random >> 16 & 1023, 1);
          }
        }
        std::thread([] { std::vector<int>(1000).clear(); }).join();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

struct Day {
  const char* name;
  void (*run)();
};
constexpr Day kDays[] = {
    {"robust", Robust},
    {"kinds", Kinds},
    {"shared_by_processes", SharedByProcesses},
    {"destroyed_by_the_waiter", DestroyedByTheWaiter},
    {"cancel", CancelWaits},
    {"exit_in_wait", ExitInWait},
    {"lock_in_handler", LockInHandler},
    {"many_locks", ManyLocks},
    {"many_threads", ManyThreads},
    {"fork", ForkWhileOthersWait},
    {"lock_while_loading", LockWhileLoading},
    {"small_fiber", SmallFiber},
};

}  // namespace

int main(int argc, char** argv) {
  const char* name = argc > 1 ? argv[1] : "";
  if (std::strcmp(name, "allocate") == 0) {
    AllocateUnderLocks(argc > 2 ? std::atof(argv[2]) : 1);
    return 0;
  }
  for (const Day& day : kDays) {
    if (std::strcmp(day.name, name) != 0) continue;
    day.run();
    return 0;
  }
  std::fprintf(stderr, "there is no day %s\n", name);
  return 2;
}
