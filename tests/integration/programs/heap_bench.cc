// Benchmarks whose allocations are known exactly. Knows nothing of the
// profiler.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <memory_resource>
#include <new>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace {

// The compiler may leave out pairs of new and delete, but not with this
// between.
template <class T>
T* Keep(T* pointer) {
  asm volatile("" : "+r"(pointer) : : "memory");
  return pointer;
}

// The comments keep the compiler from making one of equal functions.
__attribute__((noinline)) void* TimedMalloc(size_t size) {
  asm volatile("# timed");
  return Keep(std::malloc(size));
}
__attribute__((noinline)) void* PausedMalloc(size_t size) {
  asm volatile("# paused");
  return Keep(std::malloc(size));
}
__attribute__((noinline)) void* SetupMalloc(size_t size) {
  asm volatile("# set-up");
  return Keep(std::malloc(size));
}

// 3 allocations and 300 bytes a time; others outside of the timed loop.
void BM_Known(benchmark::State& state) {
  void* setup = SetupMalloc(5000);
  for (auto _ : state) {
    for (int i = 0; i < 3; ++i) std::free(TimedMalloc(100));
  }
  std::free(setup);
  std::free(SetupMalloc(5000));
}
BENCHMARK(BM_Known);

// One allocation of 10 bytes a time, and a larger one while paused.
void LoopWithPauses(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    void* paused = PausedMalloc(1000);
    state.ResumeTiming();
    std::free(TimedMalloc(10));
    std::free(paused);
  }
}

void BM_Paused(benchmark::State& state) { LoopWithPauses(state); }
BENCHMARK(BM_Paused)->Iterations(1000);

// The same after range(0) threads that have come and gone at once, and beside
// range(1) that stay; each of them has allocated.
void BM_PausedBesideThreads(benchmark::State& state) {
  std::atomic<bool> done{false};
  const auto start = [&done](int64_t number) {
    std::atomic<int64_t> ready{0};
    std::vector<std::thread> threads;
    for (int64_t i = 0; i < number; ++i) {
      threads.emplace_back([&done, &ready] {
        std::free(SetupMalloc(100));
        ++ready;
        while (!done) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      });
    }
    while (ready != number) std::this_thread::yield();
    return threads;
  };
  std::vector<std::thread> before = start(state.range(0));
  done = true;
  for (std::thread& thread : before) thread.join();
  done = false;
  std::vector<std::thread> beside = start(state.range(1));
  LoopWithPauses(state);
  done = true;
  for (std::thread& thread : beside) thread.join();
}
BENCHMARK(BM_PausedBesideThreads)
    ->Args({0, 0})
    ->Args({500, 0})
    ->Args({0, 8})
    ->Iterations(20000);

// Each thread 2 allocations of 50 bytes.
void BM_Threads(benchmark::State& state) {
  for (auto _ : state) {
    for (int i = 0; i < 2; ++i) std::free(TimedMalloc(50));
  }
}
BENCHMARK(BM_Threads)->Threads(2)->Threads(4);

// A pool that is there before, and does 4 allocations of 25 bytes for each
// iteration.
void BM_HelperThread(benchmark::State& state) {
  std::atomic<int> jobs{0};
  std::atomic<bool> started{false};
  std::atomic<bool> done{false};
  std::thread pool([&] {
    started = true;
    while (!done) {
      if (jobs.load() == 0) continue;
      for (int i = 0; i < 4; ++i) std::free(TimedMalloc(25));
      --jobs;
    }
  });
  while (!started) {
  }
  for (auto _ : state) {
    ++jobs;
    while (jobs.load() != 0) {
    }
  }
  done = true;
  pool.join();
}
BENCHMARK(BM_HelperThread)->Iterations(200);

// One block of each way to get one, 21 in all, of 1000 bytes each.
void BM_EveryForm(benchmark::State& state) {
  const std::string text(999, 'x');
  for (auto _ : state) {
    std::free(Keep(std::calloc(10, 100)));
    void* block = Keep(std::malloc(1000));
    block = Keep(std::realloc(block, 1000));  // stays in its place
    block = Keep(reallocarray(block, 10, 100));
    std::free(block);
    std::free(Keep(memalign(64, 1000)));
    void* aligned = nullptr;
    if (posix_memalign(&aligned, 64, 1000) == 0) std::free(Keep(aligned));
    std::free(Keep(std::aligned_alloc(8, 1000)));
    std::free(Keep(strdup(text.c_str())));
    std::free(Keep(strndup(text.c_str(), 999)));
    ::operator delete(Keep(::operator new(1000)));
    ::operator delete (Keep(::operator new(1000)), size_t{1000});
    ::operator delete[](Keep(::operator new[](1000)));
    ::operator delete(Keep(::operator new(1000, std::align_val_t(64))),
                      std::align_val_t(64));
    ::operator delete[](Keep(::operator new[](1000, std::align_val_t(64))),
                        std::align_val_t(64));
    ::operator delete(Keep(::operator new(1000, std::nothrow)), std::nothrow);
    ::operator delete[](Keep(::operator new[](1000, std::nothrow)),
                        std::nothrow);
    ::operator delete(
        Keep(::operator new(1000, std::align_val_t(64), std::nothrow)),
        std::align_val_t(64), std::nothrow);
    auto* array = Keep(new char[1000]);
    delete[] array;
    std::vector<char> vector(1000);
    benchmark::DoNotOptimize(vector.data());
    std::string string(999, 'x');
    benchmark::DoNotOptimize(string.data());
    void* pmr = std::pmr::new_delete_resource()->allocate(1000, 8);
    std::pmr::new_delete_resource()->deallocate(Keep(pmr), 1000, 8);
  }
}
BENCHMARK(BM_EveryForm)->Iterations(100);

// Apart, since not every allocator has them.
void BM_PageForms(benchmark::State& state) {
  for (auto _ : state) {
    std::free(Keep(valloc(1000)));
    std::free(Keep(pvalloc(1000)));
  }
}
BENCHMARK(BM_PageForms)->Iterations(100);

std::vector<void*> given_back_later;

// Leaves 10 blocks in the timed loop and 1 in its set-up for ever, and 20 for
// the next benchmark to give back.
void BM_Keeps(benchmark::State& state) {
  SetupMalloc(7000);
  for (auto _ : state) {
    TimedMalloc(300);
    given_back_later.push_back(TimedMalloc(200));
    given_back_later.push_back(TimedMalloc(200));
  }
}
BENCHMARK(BM_Keeps)->Iterations(10);

void BM_GivesBack(benchmark::State& state) {
  for (auto _ : state) {
    std::thread([] {
      for (void* block : given_back_later) std::free(block);
      given_back_later.clear();
    }).join();
  }
}
BENCHMARK(BM_GivesBack)->Iterations(1);

constexpr size_t kSizes[] = {16, 100, 1000, 10000, 100000, 400000, 1000000};

// A million blocks of mixed sizes, in a fixed ratio.
void BM_Mixed(benchmark::State& state) {
  for (auto _ : state) {
    for (int i = 0; i < 100000; ++i) std::free(TimedMalloc(kSizes[0]));
    for (int i = 0; i < 100000; ++i) std::free(TimedMalloc(kSizes[1]));
    for (int i = 0; i < 20000; ++i) std::free(TimedMalloc(kSizes[2]));
    for (int i = 0; i < 2000; ++i) std::free(TimedMalloc(kSizes[3]));
    for (int i = 0; i < 200; ++i) std::free(TimedMalloc(kSizes[4]));
    for (int i = 0; i < 50; ++i) std::free(TimedMalloc(kSizes[5]));
    for (int i = 0; i < 20; ++i) std::free(TimedMalloc(kSizes[6]));
  }
}
BENCHMARK(BM_Mixed)->Iterations(5);

void BM_Skipped(benchmark::State& state) {
  state.SkipWithError("on purpose");
  for (auto _ : state) {
  }
}
BENCHMARK(BM_Skipped);

void BM_OwnCounter(benchmark::State& state) {
  for (auto _ : state) std::free(TimedMalloc(8));
  state.counters["B/op"] = 12345;
}
BENCHMARK(BM_OwnCounter)->Iterations(10);

}  // namespace

BENCHMARK_MAIN();
