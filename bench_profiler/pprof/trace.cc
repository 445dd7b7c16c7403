// StartTrace and StopTrace.
#include "bench_profiler/pprof/trace.h"

#include <cstdio>
#include <cstring>

#include "bench_profiler/pprof.h"
#include "bench_profiler/pprof/kinds_by_name.h"
#include "bench_profiler/pprof/passed_on.h"
#include "bench_profiler/pprof/stream_profile.h"
#include "bench_profiler/sampling/sampling.h"
#include "bench_profiler/sampling/trace.h"

namespace bench_profiler {
namespace {

// A table that fills already goes on at its rate.
CollectorOptions OptionsOf(size_t kind, const CollectorOptions& cpu) {
  if (Kinds()[kind].measures_cpu) return cpu;
  const int64_t present = Rate(kind);
  return {present != 0 ? present : Kinds()[kind].default_rate, 0};
}

void AddRemark(const char* kind, const Error& error, TraceRemark* remark) {
  const size_t size = std::strlen(remark->text);
  std::snprintf(remark->text + size, sizeof(remark->text) - size,
                "%swithout %s: %s", size == 0 ? "" : "; ", kind,
                error.message());
}

}  // namespace

const StreamProfile& TraceStream() {
  static const StreamProfile profile = {KindIndex("cpu"), "trace", "StopTrace",
                                        /*is_trace=*/true};
  return profile;
}

Error BeginTrace(const CollectorOptions& cpu, SampleSet* set,
                 TraceRemark* remark) {
  const Error error = StartTrace(set);
  if (error) return error;
  for (size_t kind = 0; kind < Kinds().size; ++kind) {
    if (!Kinds()[kind].is_traced) continue;
    Error notice;
    const Error problem = Listen(kind, OptionsOf(kind, cpu), set, &notice);
    if (problem) AddRemark(Kinds()[kind].name, problem, remark);
  }
  return Error();
}

void EndTrace(SampleSet* set) {
  for (size_t kind = 0; kind < Kinds().size; ++kind) {
    if (Kinds()[kind].is_traced) Unlisten(kind, set);
  }
  StopTrace();
}

namespace pprof {

Error internal::StartTrace(const PlainSink& sink, const TraceOptions& options) {
  if (const auto next = PassedOn<&internal::StartTrace>())
    return next(sink, options);
  return StartStreamProfile(TraceStream(), {options.rate, 0}, sink,
                            /*owner=*/nullptr);
}

Error StopTrace() {
  if (const auto next = PassedOn<&StopTrace>()) return next();
  return StopStreamProfile(TraceStream(), /*owner=*/nullptr);
}

}  // namespace pprof
}  // namespace bench_profiler
