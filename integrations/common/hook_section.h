// Leaves the frames of the glue out of profiles.
//
//   HideHooks();   // once, if Profiling()
#ifndef BENCH_PROFILER_INTEGRATIONS_COMMON_HOOK_SECTION_H_
#define BENCH_PROFILER_INTEGRATIONS_COMMON_HOOK_SECTION_H_

#include "bench_profiler/hook_section.h"
#include "bench_profiler/program.h"

namespace bench_profiler {

inline void HideHooks() {
  HideCode(__start_bench_profiler_hooks, __stop_bench_profiler_hooks,
           /*with_callees=*/false);
  HideCode(__start_bench_profiler_work, __stop_bench_profiler_work,
           /*with_callees=*/true);
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTEGRATIONS_COMMON_HOOK_SECTION_H_
