#include "bench_profiler/interpose/sample_distance.h"

#include <time.h>

#include <atomic>
#include <cmath>

namespace bench_profiler {
namespace {

// xorshift64* (Vigna 2016), seeded by splitmix64 of the state's address, the
// time and the number of calls, so that no two threads draw the same numbers.
uint64_t RandomWord(uint64_t* state) {
  if (*state == 0) {
    static std::atomic<uint64_t> seeds{0};
    timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    uint64_t word = static_cast<uint64_t>(now.tv_nsec) +
                    (seeds.fetch_add(1) + 1) * 0x9E3779B97F4A7C15u;
    word = (word ^ word >> 30) * 0xBF58476D1CE4E5B9u;
    word = (word ^ word >> 27) * 0x94D049BB133111EBu;
    *state = (word ^ word >> 31) | 1;
  }
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return *state * 0x2545F4914F6CDD1Du;
}

}  // namespace

uint64_t DrawDistance(int64_t mean_bytes, uint64_t* state) {
  if (mean_bytes <= 1) return 0;
  const double uniform =
      static_cast<double>((RandomWord(state) >> 11) + 1) * 0x1p-53;  // (0, 1]
  return 1 + static_cast<uint64_t>(-std::log(uniform) *
                                   static_cast<double>(mean_bytes));
}

}  // namespace bench_profiler
