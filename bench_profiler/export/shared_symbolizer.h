// The symbolizer of this process, which keeps what it has resolved: a program
// that is asked for its profile again and again mostly has the same addresses
// in it.
#ifndef BENCH_PROFILER_EXPORT_SHARED_SYMBOLIZER_H_
#define BENCH_PROFILER_EXPORT_SHARED_SYMBOLIZER_H_

#include "bench_profiler/export/exporter_lock.h"
#include "bench_profiler/symbolize/symbolizer.h"

namespace bench_profiler {

// As long as the lock is held.
Symbolizer* SharedSymbolizer(const ExporterLock& lock);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_EXPORT_SHARED_SYMBOLIZER_H_
