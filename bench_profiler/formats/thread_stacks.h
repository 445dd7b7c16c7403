// All threads, one after the other, as Go's runtime/pprof prints goroutines for
// debug=2, and as it does when a program panics.
//
//   std::string text = ToStacks(profile);
//
//   goroutine 4711 [epoll_wait, "worker"]:
//   Serve(...)
//   \t/src/server.cc:17 +0x2a
//   main(...)
//   \t/src/main.cc:5 +0x11
//
// The number is the thread's id, which ps(1) and gdb show, too. A thread that
// is running is [running].
#ifndef BENCH_PROFILER_FORMATS_THREAD_STACKS_H_
#define BENCH_PROFILER_FORMATS_THREAD_STACKS_H_

#include <string>

#include "bench_profiler/profile/profile.h"

namespace bench_profiler {

// Of a profile that is not of threads, the same as ToText.
std::string ToStacks(const Profile& profile);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_THREAD_STACKS_H_
