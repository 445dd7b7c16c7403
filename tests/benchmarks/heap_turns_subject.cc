// What hooks add to an allocation, measured within one process.
//
//   heap_turns_subject [PROFILER FLAGS] THREADS MILLISECONDS
//
// Each thread has two rings of 512 blocks of 16 to 256 bytes, and replaces
// blocks at random. One ring is allocated by malloc and free, which may be
// hooked, the other by glibc's own names for the same functions, which never
// are. The two take turns of 1000 operations. Prints the ratio of the medians
// of their turns, "ratio 1.034", as the mean over the threads.
//
// Where its memory lies makes a process several per cent faster or slower than
// the next process of the same program (heap_subject.cc). Two rings of one
// process share that, so that differences of half a per cent can be seen.
#include <time.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#include "tests/benchmarks/quantile.h"

extern "C" void* __libc_malloc(size_t size);
extern "C" void __libc_free(void* pointer);

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kBatch = 1000;
constexpr size_t kRing = 512;

uint32_t Random(uint32_t* state) {
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state;
}

double ThreadCpuNanos() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 +
         static_cast<double>(time.tv_nsec);
}

struct Ring {
  uint32_t random;
  void* blocks[kRing] = {};
};

// CPU nanoseconds of a turn.
template <void* Malloc(size_t), void Free(void*)>
__attribute__((noinline)) double Turn(Ring* ring) {
  const double start = ThreadCpuNanos();
  for (int i = 0; i < kBatch; ++i) {
    void*& slot = ring->blocks[Random(&ring->random) % kRing];
    Free(slot);
    slot = Malloc(16 + Random(&ring->random) % 241);
    asm volatile("" : : "r"(slot) : "memory");
  }
  return ThreadCpuNanos() - start;
}

// The ratio of hooked to direct turns of the calling thread.
double RunThread(uint32_t seed, int milliseconds) {
  constexpr int kWarmUp = 20;  // caches, and the allocator's own lists
  Ring hooked = {seed};
  Ring direct = {seed + 1};
  std::vector<double> hooked_nanos;
  std::vector<double> direct_nanos;
  const Clock::time_point end =
      Clock::now() + std::chrono::milliseconds(milliseconds);
  for (int round = 0; round <= kWarmUp || Clock::now() < end; ++round) {
    const bool hooked_first = round % 2 == 0;
    if (hooked_first) hooked_nanos.push_back(Turn<malloc, free>(&hooked));
    direct_nanos.push_back(Turn<__libc_malloc, __libc_free>(&direct));
    if (!hooked_first) hooked_nanos.push_back(Turn<malloc, free>(&hooked));
    if (round < kWarmUp) {
      hooked_nanos.clear();
      direct_nanos.clear();
    }
  }
  for (void* block : hooked.blocks) free(block);
  for (void* block : direct.blocks) __libc_free(block);
  return bench_profiler::Median(hooked_nanos) /
         bench_profiler::Median(direct_nanos);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: %s THREADS MILLISECONDS\n", argv[0]);
    return 2;
  }
  const auto num_threads = static_cast<size_t>(std::atoi(argv[1]));
  const int milliseconds = std::atoi(argv[2]);
  std::vector<double> ratios(num_threads);
  std::vector<std::thread> others;
  for (size_t i = 1; i < num_threads; ++i) {
    others.emplace_back([&ratios, i, milliseconds] {
      ratios[i] = RunThread(static_cast<uint32_t>(2 * i + 1), milliseconds);
    });
  }
  ratios[0] = RunThread(1, milliseconds);
  for (std::thread& other : others) other.join();
  double sum = 0;
  for (const double ratio : ratios) sum += ratio;
  std::printf("ratio %.4f\n", sum / static_cast<double>(num_threads));
}
