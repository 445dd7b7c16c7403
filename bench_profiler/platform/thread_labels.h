// The number of the label set that each thread has at the moment.
//
//   sample->labels = CurrentLabels();
//
// This is below the label sets themselves (record/label_sets.h), since
// pthread_create gives the number to the new thread.
#ifndef BENCH_PROFILER_PLATFORM_THREAD_LABELS_H_
#define BENCH_PROFILER_PLATFORM_THREAD_LABELS_H_

#include <cstdint>

namespace bench_profiler {

// In initial-exec TLS (by a compiler option of this library), so that a signal
// handler reads it without any call. With __thread, since for an extern
// thread_local the compiler would have to look for an initializer at each
// access.
extern __attribute__((visibility("hidden"))) __thread uint32_t thread_labels;

// The number of the calling thread's label set, 0 if it has none.
// Async-signal-safe.
inline uint32_t CurrentLabels() { return thread_labels; }

// Gives the calling thread another one. Async-signal-safe.
inline void SetCurrentLabels(uint32_t labels) { thread_labels = labels; }

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_THREAD_LABELS_H_
