#include "bench_profiler/platform/own_threads.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "bench_profiler/platform/thread_events.h"

namespace bench_profiler {
namespace {

// Process id and thread id of each, so that a forked child, which has none of
// them, takes no thread of its own for one. 0: free.
constexpr int kMaxThreads = 64;
std::atomic<uint64_t> threads[kMaxThreads];

// The thread id in an entry whose thread is about to start. No thread has it.
constexpr pid_t kStarting = -1;

uint64_t WordOf(pid_t tid) {
  return uint64_t{static_cast<uint32_t>(getpid())} << 32 |
         static_cast<uint32_t>(tid);
}

bool IsOfThisProcess(uint64_t word) {
  return word >> 32 == static_cast<uint32_t>(getpid());
}

// Returns an entry for a thread that is about to start, or null if there is
// none left.
std::atomic<uint64_t>* Reserve() {
  const uint64_t word = WordOf(kStarting);
  for (auto& entry : threads) {
    uint64_t present = entry.load();
    if (present != 0 && IsOfThisProcess(present)) continue;
    if (entry.compare_exchange_strong(present, word)) return &entry;
  }
  return nullptr;
}

thread_local bool is_starting = false;

// Lives on the stack of the thread that starts the other one.
struct Start {
  void (*run)(void*);
  void* argument;
  std::atomic<uint64_t>* entry;
  std::atomic<bool> is_known{false};
};

void* Run(void* pointer) {
  auto* start = static_cast<Start*>(pointer);
  void (*const run)(void*) = start->run;
  void* const argument = start->argument;
  std::atomic<uint64_t>* const entry = start->entry;
  entry->store(WordOf(CurrentThreadId()));
  start->is_known.store(true);  // then *start is gone
  run(argument);
  entry->store(0);
  return nullptr;
}

}  // namespace

bool StartOwnThread(void (*run)(void*), void* argument, size_t stack_size) {
  std::atomic<uint64_t>* const entry = Reserve();
  if (entry == nullptr) return false;
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) {
    entry->store(0);
    return false;
  }
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, stack_size);
  // The new thread blocks what this one does.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  Start start{run, argument, entry};
  pthread_t thread;
  is_starting = true;
  const int error = pthread_create(&thread, &attributes, Run, &start);
  is_starting = false;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  pthread_attr_destroy(&attributes);
  if (error != 0) {
    entry->store(0);
    return false;
  }
  while (!start.is_known.load()) sched_yield();
  return true;
}

bool IsOwnThread(pid_t tid) {
  // A thread that is about to start may be there, and not have told its id yet.
  constexpr int kMaxWaits = 1000;
  const uint64_t word = WordOf(tid);
  const uint64_t starting = WordOf(kStarting);
  for (int i = 0; i < kMaxWaits; ++i) {
    bool any_starts = false;
    for (const auto& entry : threads) {
      const uint64_t present = entry.load();
      if (present == word) return true;
      if (present == starting) any_starts = true;
    }
    if (!any_starts) return false;
    sched_yield();
  }
  return false;
}

int OwnThreadCount() {
  const auto starting = static_cast<uint32_t>(kStarting);
  int count = 0;
  for (const auto& entry : threads) {
    const uint64_t word = entry.load(std::memory_order_relaxed);
    if (word != 0 && IsOfThisProcess(word) &&
        static_cast<uint32_t>(word) != starting) {
      ++count;
    }
  }
  return count;
}

bool IsStartingOwnThread() { return is_starting; }

}  // namespace bench_profiler
