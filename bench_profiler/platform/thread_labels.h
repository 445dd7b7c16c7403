// The label set that each thread has at the moment, by its number.
//
//   sample->labels = CurrentLabels();
//
// Here, below what knows label sets (record/label_sets.h), since pthread_create
// hands the number on to the new thread.
#ifndef BENCH_PROFILER_PLATFORM_THREAD_LABELS_H_
#define BENCH_PROFILER_PLATFORM_THREAD_LABELS_H_

#include <cstdint>

namespace bench_profiler {

// Initial-exec TLS (a compiler option of this library): a signal handler reads
// it without any call. __thread: unlike thread_local, it can have no
// initializer to be looked for.
extern __attribute__((visibility("hidden"))) __thread uint32_t thread_labels;

// The number of the calling thread's label set, 0 if it has none.
// Async-signal-safe.
inline uint32_t CurrentLabels() { return thread_labels; }

// Gives the calling thread another one. Async-signal-safe.
inline void SetCurrentLabels(uint32_t labels) { thread_labels = labels; }

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_THREAD_LABELS_H_
