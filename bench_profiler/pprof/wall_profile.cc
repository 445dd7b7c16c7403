// StartWallProfile and StopWallProfile.
#include "bench_profiler/pprof.h"
#include "bench_profiler/pprof/kinds_by_name.h"
#include "bench_profiler/pprof/passed_on.h"
#include "bench_profiler/pprof/stream_profile.h"

namespace bench_profiler {

const StreamProfile& WallStreamProfile() {
  static const StreamProfile profile = {KindIndex("wall"), "wall",
                                        "StopWallProfile"};
  return profile;
}

namespace pprof {

Error internal::StartWallProfile(const PlainSink& sink,
                                 const WallProfileOptions& options) {
  if (const auto next = PassedOn<&internal::StartWallProfile>())
    return next(sink, options);
  CollectorOptions collector_options;
  collector_options.rate = options.rate;
  return StartStreamProfile(WallStreamProfile(), collector_options, sink,
                            /*owner=*/nullptr);
}

Error StopWallProfile() {
  if (const auto next = PassedOn<&StopWallProfile>()) return next();
  return StopStreamProfile(WallStreamProfile(), /*owner=*/nullptr);
}

}  // namespace pprof
}  // namespace bench_profiler
