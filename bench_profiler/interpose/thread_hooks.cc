// Takes the place of pthread_create for the program and its libraries.
#include <pthread.h>

#include "bench_profiler/interpose/next_function.h"
#include "bench_profiler/platform/thread_events.h"
#include "bench_profiler/visibility.h"

extern "C" BENCH_PROFILER_EXPORT int pthread_create(
    pthread_t* thread, const pthread_attr_t* attributes,
    void* (*routine)(void*), void* argument) {
  static bench_profiler::NextFunction<bench_profiler::CreateThreadFunction>
      next("pthread_create");
  return bench_profiler::CreateObservedThread(next.Get(), thread, attributes,
                                              routine, argument);
}
