#include "bench_profiler/pprof/table_switch.h"

#include <algorithm>

#include "bench_profiler/collectors/kind.h"
#include "bench_profiler/platform/process_lock.h"
#include "bench_profiler/pprof/own_code.h"
#include "bench_profiler/sampling/sampling.h"

namespace bench_profiler {
namespace {

ProcessLock lock;
// Of the last attempt to set the rate of each kind. Protected by the lock.
Error errors[kMaxKinds];

}  // namespace

int64_t SetTableRate(size_t kind, int64_t rate) {
  const ProcessLock::Guard guard(&lock);
  const int64_t before = Rate(kind);
  if (rate < 0) return before;
  HideOwnCode();
  errors[kind] = SetRate(kind, std::min(rate, Kinds()[kind].max_rate));
  return before;
}

Error WhyOff(size_t kind) {
  const ProcessLock::Guard guard(&lock);
  if (errors[kind]) return errors[kind];
  return Error::Format(
      "%s profiling was never turned on: the program does that when it sets "
      "its rate, and so does --%s",
      Kinds()[kind].name, Kinds()[kind].flag);
}

}  // namespace bench_profiler
