// The format of Perfetto, for https://ui.perfetto.dev and trace_processor.
//
//   std::string bytes = ToPerfetto(trace);
//
// Spans and moments are track events on the tracks of their threads, the CPU's
// samples are perf samples with their stacks, and all names are in the file.
#ifndef BENCH_PROFILER_FORMATS_PERFETTO_H_
#define BENCH_PROFILER_FORMATS_PERFETTO_H_

#include <string>

#include "bench_profiler/profile/trace.h"

namespace bench_profiler {

std::string ToPerfetto(const Trace& trace);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_PERFETTO_H_
