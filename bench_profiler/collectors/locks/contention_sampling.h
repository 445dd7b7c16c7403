// Which contentions are kept where not all are, and what those stand for.
//
//   ContentionSample sample = SampleWait(nanos, rate, &random);
//   if (sample.count == 0) return;   // it was not kept
//   row->Add(sample.count, sample.nanos);
//
// On average the samples add up to the same as if all were kept, whatever the
// rates are, and also if they change meanwhile. `random` is the calling
// thread's, and not 0.
#ifndef BENCH_PROFILER_COLLECTORS_LOCKS_CONTENTION_SAMPLING_H_
#define BENCH_PROFILER_COLLECTORS_LOCKS_CONTENTION_SAMPLING_H_

#include <cstdint>

namespace bench_profiler {

// A contention that was kept counts for as many as it stands for, which is not
// always a whole number: a wait of 300 ns that is kept with a chance of 0.3
// stands for 3 1/3. So contentions are counted in units of 1/1024.
constexpr int64_t kContention = 1024;

struct ContentionSample {
  int64_t count = 0;  // in units of 1/1024
  int64_t nanos = 0;
};

// Returns true with a chance of `wanted` in `of`. Vigna's xorshift64*.
inline bool Draw(int64_t wanted, int64_t of, uint64_t* random) {
  if (wanted >= of) return true;
  *random ^= *random >> 12;
  *random ^= *random << 25;
  *random ^= *random >> 27;
  const uint64_t bits = *random * 0x2545F4914F6CDD1Du >> 11;
  return static_cast<double>(bits) * 0x1p-53 * static_cast<double>(of) <
         static_cast<double>(wanted);
}

// A wait of `nanos` > 0 is kept with a chance of nanos / rate, and always if it
// is not shorter than that. So one that is kept stands for `rate` nanoseconds.
inline ContentionSample SampleWait(int64_t nanos, int64_t rate,
                                   uint64_t* random) {
  if (!Draw(nanos, rate, random)) return {};
  if (nanos >= rate) return {kContention, nanos};
  return {(kContention * rate + nanos / 2) / nanos, rate};
}

// One in `fraction` unlocks is kept, which `waits` threads have waited for
// since the last one, for `nanos` together.
inline ContentionSample SampleUnlock(int64_t waits, int64_t nanos,
                                     int64_t fraction, uint64_t* random) {
  if (!Draw(1, fraction, random)) return {};
  return {kContention * fraction * waits, fraction * nanos};
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_LOCKS_CONTENTION_SAMPLING_H_
