// The format of Perfetto, for https://ui.perfetto.dev and trace_processor:
// samples with their stacks, of which the page draws a flame graph where they
// are marked.
//
//   std::string bytes = ToPerfettoSamples(profile, options);
//
// A profile does not know when its samples were taken. So stacks are laid one
// after another, as long as they are dear: a nanosecond is a nanosecond, other
// units are stretched to a second at least. Viewers count samples, whatever
// each stands for, and so a stack that is twice as dear has twice as many.
#ifndef BENCH_PROFILER_FORMATS_PARSED_PERFETTO_H_
#define BENCH_PROFILER_FORMATS_PARSED_PERFETTO_H_

#include <string>

#include "bench_profiler/formats/parsed_formats.h"
#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

std::string ToPerfettoSamples(const ParsedProfile& profile,
                              const ConversionOptions& options);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_PARSED_PERFETTO_H_
