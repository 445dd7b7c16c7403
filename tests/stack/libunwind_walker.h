// libunwind as an oracle for the walker of bench_profiler/stack.
//
//   uintptr_t pcs[kMaxFrames];
//   StackTrace trace = WalkStackByLibunwind(context, pcs, kMaxFrames);
#ifndef BENCH_PROFILER_TESTS_STACK_LIBUNWIND_WALKER_H_
#define BENCH_PROFILER_TESTS_STACK_LIBUNWIND_WALKER_H_

#include <ucontext.h>

#include <cstddef>
#include <cstdint>

#include "bench_profiler/stack/stack_walker.h"

namespace bench_profiler {

// What WalkStackByCfi does, by libunwind's unw_init_local2 and unw_step. Loads
// libunwind on first use by dlopen(RTLD_LOCAL), so that none of its symbols
// binds in the program. NOT safe beside dlopen or throw in other threads when
// called in a signal handler. Returns depth 0 if libunwind cannot be loaded.
StackTrace WalkStackByLibunwind(const ucontext_t& context, uintptr_t* pcs,
                                size_t max_pcs);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_STACK_LIBUNWIND_WALKER_H_
