// What heap_overhead measures: allocates as it is told, and prints nanoseconds
// per operation and the most memory that it had.
//
//   heap_subject [PROFILER FLAGS] pair|ring THREADS MILLISECONDS [OPERATIONS]
//
// With OPERATIONS each thread goes on until it has done so many.
//
// pair: a block is given back at once. ring: each thread keeps 1024 blocks and
// replaces one at random. Blocks have 16 to 256 bytes; 13 calls lie between the
// loop and main.
#include <sys/resource.h>
#include <time.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kBatch = 1000;

double least_operations = 0;

uint32_t Random(uint32_t* state) {
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state;
}

void* Allocate(uint32_t* state) {
  void* block = std::malloc(16 + Random(state) % 241);
  asm volatile("" : : "r"(block) : "memory");
  return block;
}

void PairBatch(uint32_t* state) {
  for (int i = 0; i < kBatch; ++i) std::free(Allocate(state));
}

void RingBatch(uint32_t* state, std::vector<void*>* ring) {
  for (int i = 0; i < kBatch; ++i) {
    void*& slot = (*ring)[Random(state) % ring->size()];
    std::free(slot);
    slot = Allocate(state);
  }
}

double ThreadCpuNanos() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 +
         static_cast<double>(time.tv_nsec);
}

// CPU nanoseconds per operation.
double RunThread(bool ring, uint32_t seed, Clock::time_point end) {
  std::vector<void*> blocks(ring ? 1024 : 0);
  uint32_t state = seed;
  for (int i = 0; i < 20; ++i) {  // caches and the allocator's own lists
    ring ? RingBatch(&state, &blocks) : PairBatch(&state);
  }
  double operations = 0;
  const double start = ThreadCpuNanos();
  do {
    ring ? RingBatch(&state, &blocks) : PairBatch(&state);
    operations += kBatch;
  } while (Clock::now() < end || operations < least_operations);
  const double nanos = ThreadCpuNanos() - start;
  for (void* block : blocks) std::free(block);
  return nanos / operations;
}

__attribute__((noinline)) double Deep(int depth, bool ring, uint32_t seed,
                                      Clock::time_point end) {
  const double nanos = depth == 0 ? RunThread(ring, seed, end)
                                  : Deep(depth - 1, ring, seed, end);
  asm volatile("" : : : "memory");  // no tail call
  return nanos;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr,
                 "usage: %s pair|ring THREADS MILLISECONDS [OPERATIONS]\n",
                 argv[0]);
    return 2;
  }
  if (argc > 4) least_operations = std::atof(argv[4]);
  constexpr int kDepth = 13;
  const bool ring = std::strcmp(argv[1], "ring") == 0;
  const auto threads = static_cast<size_t>(std::atoi(argv[2]));
  const Clock::time_point end =
      Clock::now() + std::chrono::milliseconds(std::atoi(argv[3]));
  std::vector<double> nanos(threads);
  std::vector<std::thread> others;
  for (size_t i = 1; i < threads; ++i) {
    others.emplace_back([&nanos, i, ring, end] {
      nanos[i] = Deep(kDepth, ring, static_cast<uint32_t>(i + 1), end);
    });
  }
  nanos[0] = Deep(kDepth, ring, 1, end);
  for (std::thread& other : others) other.join();
  double sum = 0;
  for (const double each : nanos) sum += each;
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  std::printf("ns/op %.3f peak KiB %ld\n", sum / static_cast<double>(threads),
              usage.ru_maxrss);
}
