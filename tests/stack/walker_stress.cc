// Walks stacks in signal handlers while the loader and the exception machinery
// are busy: what other unwinders deadlock or crash in.
//
//   walker_stress [seconds] [threads]     5 ddce
//
// One thread for each letter: d loads and unloads a library, e throws, c
// recurses. Each is interrupted 4000 times a second. Fails if one makes no
// progress for five seconds.
#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>

#include "bench_profiler/stack/frame_cache.h"
#include "bench_profiler/stack/loaded_object.h"
#include "bench_profiler/stack/stack_walker.h"
#include "tests/stack/stack_capture.h"

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

namespace bench_profiler {
namespace {

constexpr long kPeriodNs = 250000;
constexpr int kStalledSeconds = 5;

struct Worker {
  char kind = 'c';
  std::string library;  // a copy of the plugin: a shared one is never unloaded
  StackBounds bounds;
  uintptr_t root = 0;  // what a complete stack ends with
  std::atomic<uint64_t> rounds{0};
  std::atomic<uint64_t> walks{0};
  std::atomic<uint64_t> complete{0};
  std::atomic<uint64_t> frames{0};
};

std::atomic<bool> stop{false};

void OnTimer(int, siginfo_t* info, void* context) {
  auto* worker = static_cast<Worker*>(info->si_value.sival_ptr);
  uintptr_t pcs[kMaxFrames];
  const StackTrace trace =
      WalkStackByCfi(*static_cast<const ucontext_t*>(context), worker->bounds,
                     pcs, kMaxFrames);
  worker->walks.fetch_add(1, std::memory_order_relaxed);
  worker->frames.fetch_add(trace.depth, std::memory_order_relaxed);
  if (trace.truncated || pcs[trace.depth - 1] == worker->root) {
    worker->complete.fetch_add(1, std::memory_order_relaxed);
  }
}

__attribute__((noinline)) int Recurse(int depth) {
  volatile int result = depth;
  if (depth > 0) result = result + Recurse(depth - 1);
  return result;
}

__attribute__((noinline)) void Throw(int depth) {
  const std::string name(40, 'x');
  if (depth == 0) throw std::runtime_error(name);
  Throw(depth - 1);
  asm volatile("" ::: "memory");  // no tail call
}

void LoadAndUnload(const std::string& path) {
  void* library = dlopen(path.c_str(), RTLD_NOW);
  if (library == nullptr) {
    std::fprintf(stderr, "%s\n", dlerror());
    std::exit(2);
  }
  auto* function =
      reinterpret_cast<int (*)(int)>(dlsym(library, "WalkerStressPlugin"));
  function(5);
  dlclose(library);
  // As the profiler does it.
  ForgetFrameRules();
  UpdateLoadedObjects();
}

void DoRound(const Worker& worker) {
  if (worker.kind == 'd') {
    LoadAndUnload(worker.library);
  } else if (worker.kind == 'e') {
    try {
      Throw(8);
    } catch (const std::exception&) {
    }
  } else {
    Recurse(100);
  }
}

void Work(Worker* worker) {
  worker->bounds = ThreadStackBounds();
  worker->root = CaptureHere(worker->bounds).pcs.back();
  sigevent event = {};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = SIGPROF;
  event.sigev_value.sival_ptr = worker;
  event.sigev_notify_thread_id = static_cast<pid_t>(syscall(SYS_gettid));
  timer_t timer;
  if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0) std::exit(2);
  itimerspec times = {};
  times.it_interval.tv_nsec = times.it_value.tv_nsec = kPeriodNs;
  timer_settime(timer, 0, &times, nullptr);
  while (!stop) {
    DoRound(*worker);
    worker->rounds.fetch_add(1, std::memory_order_relaxed);
  }
  timer_delete(timer);
}

// False if a worker stood still.
bool Watch(const std::deque<Worker>& workers, int seconds) {
  std::deque<uint64_t> rounds(workers.size(), 0);
  std::deque<int> stalled(workers.size(), 0);
  for (int second = 0; second < seconds; ++second) {
    std::this_thread::sleep_for(std::chrono::seconds(1));
    for (size_t i = 0; i < workers.size(); ++i) {
      const uint64_t now = workers[i].rounds;
      stalled[i] = now == rounds[i] ? stalled[i] + 1 : 0;
      rounds[i] = now;
      if (stalled[i] == kStalledSeconds) {
        std::printf("thread %zu (%c) made no progress for %d s\n", i,
                    workers[i].kind, kStalledSeconds);
        return false;
      }
    }
  }
  return true;
}

int Run(int seconds, const std::string& kinds) {
  struct sigaction action = {};
  action.sa_sigaction = OnTimer;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  sigaction(SIGPROF, &action, nullptr);
  char directory_template[] = "/tmp/walker_stress.XXXXXX";
  const std::string directory = mkdtemp(directory_template);
  std::deque<Worker> workers(kinds.size());
  std::deque<std::thread> threads;
  for (size_t i = 0; i < kinds.size(); ++i) {
    workers[i].kind = kinds[i];
    workers[i].library = directory + "/plugin" + std::to_string(i) + ".so";
    std::filesystem::copy_file(WALKER_STRESS_PLUGIN, workers[i].library);
    threads.emplace_back(Work, &workers[i]);
  }
  const bool alive = Watch(workers, seconds);
  stop = true;
  if (alive) {
    for (std::thread& thread : threads) thread.join();
  }
  std::filesystem::remove_all(directory);
  if (!alive) _exit(1);  // threads that hang cannot be joined
  bool all_walked = true;
  for (const Worker& worker : workers) {
    const auto walks = static_cast<double>(worker.walks);
    std::printf("%c: %llu rounds, %.0f walks, %.2f %% complete, %.1f frames\n",
                worker.kind, static_cast<unsigned long long>(worker.rounds),
                walks, 100.0 * static_cast<double>(worker.complete) / walks,
                static_cast<double>(worker.frames) / walks);
    all_walked = all_walked && walks > 0;
  }
  return all_walked ? 0 : 1;
}

}  // namespace
}  // namespace bench_profiler

int main(int argc, char** argv) {
  return bench_profiler::Run(argc > 1 ? std::atoi(argv[1]) : 5,
                             argc > 2 ? argv[2] : "ddce");
}
