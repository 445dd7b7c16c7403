// What an allocation costs in a program that has many rows in its heap profile:
// blocks of SIZES different sizes, each given back at once.
//
//   heap_rows_subject [PROFILER FLAGS] SIZES MILLISECONDS
//
// The sizes come in an order that no cache foresees. Each has come once before
// the measurement begins. Prints CPU nanoseconds per operation, "ns/op 210.5".
#include <malloc.h>
#include <time.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace {

double ThreadCpuNanos() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 +
         static_cast<double>(time.tv_nsec);
}

void Operate(uint32_t size) {
  void* block = std::malloc(size);
  asm volatile("" : : "r"(block) : "memory");
  std::free(block);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: %s SIZES MILLISECONDS\n", argv[0]);
    return 2;
  }
  // All blocks come from the heap, and it stays: no system calls.
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  const auto sizes = static_cast<uint32_t>(std::atoi(argv[1]));
  const double end_nanos = 1e6 * std::atoi(argv[2]);
  for (uint32_t size = 1; size <= sizes; ++size) Operate(size);
  constexpr int kBatch = 1000;
  uint32_t random = 1;
  double operations = 0;
  double nanos = 0;
  const double start = ThreadCpuNanos();
  do {
    for (int i = 0; i < kBatch; ++i) {
      random = random * 1664525 + 1013904223;
      Operate(1 + static_cast<uint32_t>(uint64_t{random} * sizes >> 32));
    }
    operations += kBatch;
    nanos = ThreadCpuNanos() - start;
  } while (nanos < end_nanos);
  std::printf("ns/op %.1f\n", nanos / operations);
}
