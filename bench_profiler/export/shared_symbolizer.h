// The symbolizer of this process. It keeps what it has resolved, since a
// program that writes profiles again and again mostly has the same addresses in
// them.
#ifndef BENCH_PROFILER_EXPORT_SHARED_SYMBOLIZER_H_
#define BENCH_PROFILER_EXPORT_SHARED_SYMBOLIZER_H_

#include "bench_profiler/export/exporter_lock.h"
#include "bench_profiler/symbolize/symbolizer.h"

namespace bench_profiler {

// May be used as long as the lock is held.
Symbolizer* SharedSymbolizer(const ExporterLock& lock);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_EXPORT_SHARED_SYMBOLIZER_H_
