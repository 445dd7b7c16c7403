#include "bench_profiler/record/label_sets.h"

#include <atomic>

namespace bench_profiler {
namespace {

// Initial-exec TLS (a compiler option of this library): reading it in a handler
// never allocates.
thread_local std::atomic<uint32_t> thread_labels{0};

}  // namespace

uint32_t CurrentLabels() {
  return thread_labels.load(std::memory_order_relaxed);
}

}  // namespace bench_profiler
