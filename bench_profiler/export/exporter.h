// The entry point of libbench_profiler_export.so: symbols and files.
//
// The core loads that library with dlmopen() into a linker namespace of its
// own, and only when a profile was asked for. So libdw, protobuf and zlib never
// meet the user's program: another protobuf in the program cannot clash with
// ours, our memory comes from another malloc than the one being measured, and
// the export works even when the program was stopped in the middle of a malloc.
#ifndef BENCH_PROFILER_EXPORT_EXPORTER_H_
#define BENCH_PROFILER_EXPORT_EXPORTER_H_

#include "bench_profiler/record/raw_profile.h"

extern "C" {

// Symbolizes `data` and writes every file of it: for each profile FILE, the
// whole run as FILE, FILE.d/NAME.prof for each benchmark and FILE.d/index.json.
// Says on stderr, one line per profile, what was written, or why not.
// Returns the number of profiles that could not be written whole.
// Not thread-safe. Neither throws nor exits.
int BenchProfilerExport(const bench_profiler::RawProfile* data);

// Checks that the profile `path` (absolute) can be written, that none of its
// files is one of the profiles `others`, and makes its folder if that is
// missing. Leaves no file behind. Returns 0, or puts one line that says what is
// wrong into `error` (always NUL-terminated) and returns 1.
int BenchProfilerCheckPath(const char* path, const char* const* others,
                           size_t num_others, char* error, size_t error_size);

}  // extern "C"

#endif  // BENCH_PROFILER_EXPORT_EXPORTER_H_
