// Turns the block profile and the mutex profile on and off.
#include "bench_profiler/pprof.h"
#include "bench_profiler/pprof/kinds_by_name.h"
#include "bench_profiler/pprof/passed_on.h"
#include "bench_profiler/pprof/table_switch.h"

namespace bench_profiler {
namespace pprof {

int64_t SetBlockProfileRate(int64_t nanos) {
  if (const auto next = PassedOn<&SetBlockProfileRate>()) return next(nanos);
  static const size_t index = KindIndex("block");
  return SetTableRate(index, nanos);
}

int64_t SetMutexProfileFraction(int64_t fraction) {
  if (const auto next = PassedOn<&SetMutexProfileFraction>()) {
    return next(fraction);
  }
  static const size_t index = KindIndex("mutex");
  return SetTableRate(index, fraction);
}

}  // namespace pprof
}  // namespace bench_profiler
