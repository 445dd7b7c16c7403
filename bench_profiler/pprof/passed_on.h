// Calls of the API that are not for this profiler.
//
//   Error StopCpuProfile() {
//     if (const auto next = PassedOn<&StopCpuProfile>()) return next();
//     ...
//
// An enabled program is profiled by the library that it was linked with, also
// if another one was preloaded, where its calls arrive first. Of profiles it is
// enough to pass on how one comes by them: what they do is virtual.
#ifndef BENCH_PROFILER_PPROF_PASSED_ON_H_
#define BENCH_PROFILER_PPROF_PASSED_ON_H_

#include <dlfcn.h>

#include "bench_profiler/program.h"

namespace bench_profiler {

// The definition of `kFunction`, an exported function, in the library that the
// program was linked with; null if the call is for this one.
template <auto* kFunction>
decltype(kFunction) PassedOn() {
  if (!IsPreloaded() || !IsEnabledProgram()) return nullptr;
  static const auto next = [] {
    Dl_info info;
    const bool known =
        dladdr(reinterpret_cast<const void*>(kFunction), &info) != 0 &&
        info.dli_sname != nullptr;
    return reinterpret_cast<decltype(kFunction)>(
        known ? dlsym(RTLD_NEXT, info.dli_sname) : nullptr);
  }();
  return next;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PPROF_PASSED_ON_H_
