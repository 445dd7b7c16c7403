// The functions at some addresses of this process, as it is now.
//
//   const uint64_t addresses[] = {0x4011d6};
//   Error error = WriteNames({addresses, 1}, sink);   // "0x4011d6 Work(int)"
#ifndef BENCH_PROFILER_PPROF_WRITE_NAMES_H_
#define BENCH_PROFILER_PPROF_WRITE_NAMES_H_

#include <cstdint>

#include "bench_profiler/error.h"
#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/sink.h"

namespace bench_profiler {

// Writes a line for each address that is in a function with a name.
Error WriteNames(ArrayView<uint64_t> addresses,
                 const pprof::internal::PlainSink& sink);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PPROF_WRITE_NAMES_H_
