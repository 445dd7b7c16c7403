// When the wall-clock profile looks again.
//
//   Pace pace(/*period_ns=*/10'000'000, /*seed=*/1);
//   for (;;) {
//     Sleep(pace.NextPause());
//     ...                            // looks at all threads
//     pace.NoteCost(cpu_nanos);      // that this has taken
//   }
#ifndef BENCH_PROFILER_COLLECTORS_WALL_PACE_H_
#define BENCH_PROFILER_COLLECTORS_WALL_PACE_H_

#include <algorithm>
#include <cstdint>

namespace bench_profiler {

class Pace {
 public:
  Pace() = default;
  Pace(int64_t period_ns, uint64_t seed)
      : period_ns_(period_ns), random_(seed | 1) {}

  // Uniform from a half to one and a half periods: a program that does
  // something a hundred times a second would otherwise always be seen in the
  // same place.
  int64_t NextPause() {
    random_ ^= random_ << 13;  // xorshift64 (Marsaglia 2003)
    random_ ^= random_ >> 7;
    random_ ^= random_ << 17;
    const int64_t period = Period();
    return period / 2 +
           static_cast<int64_t>(random_ % static_cast<uint64_t>(period));
  }

  // A look at a thread that has moved since the last one takes 20 to 50 us.
  // Many of them would take much of a processor: 1,000 threads all of it. So
  // the period becomes longer as looks take more than kUsualCost, which is 1.5
  // % of a processor at 100 looks a second. It follows the mean of many looks:
  // it must not depend on what a single one has seen, and the first one of a
  // thread takes longer than others.
  void NoteCost(int64_t nanos) {
    constexpr int64_t kLooks = 16;
    mean_cost_ += (nanos - mean_cost_) / kLooks;
  }

  int64_t Period() const {
    const double times =
        static_cast<double>(mean_cost_) / static_cast<double>(kUsualCost);
    return static_cast<int64_t>(static_cast<double>(period_ns_) *
                                std::max(1.0, times));
  }

 private:
  static constexpr int64_t kUsualCost = 150'000;

  int64_t period_ns_ = 1;
  uint64_t random_ = 1;
  int64_t mean_cost_ = 0;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_WALL_PACE_H_
