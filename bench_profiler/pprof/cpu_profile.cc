// StartCpuProfile and StopCpuProfile.
#include "bench_profiler/pprof.h"
#include "bench_profiler/pprof/kinds_by_name.h"
#include "bench_profiler/pprof/passed_on.h"
#include "bench_profiler/pprof/stream_profile.h"

namespace bench_profiler {

const StreamProfile& CpuStreamProfile() {
  static const StreamProfile profile = {KindIndex("cpu"), "CPU",
                                        "StopCpuProfile"};
  return profile;
}

namespace pprof {

Error internal::StartCpuProfile(const PlainSink& sink,
                                const CpuProfileOptions& options) {
  if (const auto next = PassedOn<&internal::StartCpuProfile>())
    return next(sink, options);
  CollectorOptions collector_options;
  collector_options.rate = options.rate;
  collector_options.choice = static_cast<size_t>(options.clock);
  return StartStreamProfile(CpuStreamProfile(), collector_options, sink,
                            /*owner=*/nullptr);
}

Error StopCpuProfile() {
  if (const auto next = PassedOn<&StopCpuProfile>()) return next();
  return StopStreamProfile(CpuStreamProfile(), /*owner=*/nullptr);
}

}  // namespace pprof
}  // namespace bench_profiler
