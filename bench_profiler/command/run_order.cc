#include "bench_profiler/command/run_order.h"

#include <random>

namespace bench_profiler {

bool OldRunsFirst(uint64_t seed, int pair) {
  // Distributions differ between libraries; engines and seed_seq do not.
  std::seed_seq seeds{static_cast<uint32_t>(seed),
                      static_cast<uint32_t>(seed >> 32),
                      static_cast<uint32_t>(pair / 2)};
  std::mt19937 random(seeds);
  const bool coin = (random() & 1u) != 0;
  return coin == (pair % 2 == 0);
}

}  // namespace bench_profiler
