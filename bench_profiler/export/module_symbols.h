// The symbols of all addresses of a RawProfile.
#ifndef BENCH_PROFILER_EXPORT_MODULE_SYMBOLS_H_
#define BENCH_PROFILER_EXPORT_MODULE_SYMBOLS_H_

#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/symbolize/symbolizer.h"

namespace bench_profiler {

Symbolizer MakeSymbolizer(const RawProfile& data);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_EXPORT_MODULE_SYMBOLS_H_
