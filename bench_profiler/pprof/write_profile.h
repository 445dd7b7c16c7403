// Hands a profile to the exporter, and what comes of it to a sink.
//
//   RawProfile data;
//   ProfileData profile;
//   set.FillIn(&data);
//   set.FillIn(kind, &profile);
//   Error error = WriteProfile(&data, profile, /*debug=*/0, sink);
#ifndef BENCH_PROFILER_PPROF_WRITE_PROFILE_H_
#define BENCH_PROFILER_PPROF_WRITE_PROFILE_H_

#include "bench_profiler/error.h"
#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/sink.h"

namespace bench_profiler {

// Sets in `data` what all profiles of the API have in common. In no section and
// with no lock: this takes its time, and calls the program's code.
Error WriteProfile(RawProfile* data, const ProfileData& profile, int debug,
                   const pprof::internal::PlainSink& sink);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PPROF_WRITE_PROFILE_H_
