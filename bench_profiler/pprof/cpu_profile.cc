// StartCpuProfile and StopCpuProfile.
#include "bench_profiler/pprof.h"
#include "bench_profiler/pprof/kinds_by_name.h"
#include "bench_profiler/pprof/passed_on.h"
#include "bench_profiler/pprof/stream_profile.h"

namespace bench_profiler {
namespace {

const StreamProfile& CpuProfile() {
  static const StreamProfile profile = {KindIndex("cpu"), "CPU",
                                        "StopCpuProfile"};
  return profile;
}

}  // namespace

namespace pprof {

Error internal::StartCpuProfile(const PlainSink& sink,
                                const CpuProfileOptions& options) {
  if (const auto next = PassedOn<&internal::StartCpuProfile>())
    return next(sink, options);
  CollectorOptions collector_options;
  collector_options.rate = options.rate;
  collector_options.choice = static_cast<size_t>(options.clock);
  return StartStreamProfile(bench_profiler::CpuProfile(), collector_options,
                            sink);
}

Error StopCpuProfile() {
  if (const auto next = PassedOn<&StopCpuProfile>()) return next();
  return StopStreamProfile(bench_profiler::CpuProfile());
}

}  // namespace pprof
}  // namespace bench_profiler
