// Passes on calls of the API that are meant for another copy of the profiler.
//
//   Error StopCpuProfile() {
//     if (const auto next = PassedOn<&StopCpuProfile>()) return next();
//     ...
//
// An enabled program is profiled by the library that it was linked with. If
// another one was preloaded, the program's calls arrive there first, and it
// passes them on. Functions that return a Profile do so, too. Those that get
// one need not, since they only call its virtual functions, which are those of
// the library that made it.
#ifndef BENCH_PROFILER_PPROF_PASSED_ON_H_
#define BENCH_PROFILER_PPROF_PASSED_ON_H_

#include <dlfcn.h>

#include "bench_profiler/program.h"

namespace bench_profiler {

// Returns the definition of `kFunction`, an exported function, in the library
// that the program was linked with, or null if the call is meant for this one.
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
