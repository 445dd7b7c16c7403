// Writes a profile to a sink, by way of the exporter.
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

// Sets the fields of `data` that are the same in all profiles of the API, and
// writes it. Must not be called in a section (section.h) or while a lock is
// held, since it may take long and the sink may call the program's code.
Error WriteProfile(RawProfile* data, const ProfileData& profile, int debug,
                   const pprof::internal::PlainSink& sink);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PPROF_WRITE_PROFILE_H_
