// The entry points of libbench_profiler_export.so: symbols and files.
//
// The core loads that library with dlmopen() into a linker namespace of its
// own, and only when there is a profile to write. So libdw, protobuf and zlib
// never meet the user's program: another protobuf in the program cannot clash
// with ours, our memory comes from another malloc than the one being measured,
// and the export works even when the program was stopped in the middle of a
// malloc.
#ifndef BENCH_PROFILER_EXPORT_EXPORTER_H_
#define BENCH_PROFILER_EXPORT_EXPORTER_H_

#include "bench_profiler/error.h"
#include "bench_profiler/record/raw_profile.h"

extern "C" {

// Symbolizes `data` and writes every file of it: for each profile FILE, the
// whole run as FILE, FILE.d/NAME.prof for each benchmark and FILE.d/index.json;
// the trace, if there is one; and the HTML report of these profiles, if it is
// asked for. Says on stderr, one line for each of them, what was written, or
// why not. Returns the number of those that could not be written whole. Neither
// throws nor exits. Thread-safe, as all of these are: one waits for the other.
int BenchProfilerExport(const bench_profiler::RawProfile* data);

// Checks that the profile `path` (absolute) can be written, that none of its
// files is one of the profiles `others`, and makes its folder if that is
// missing. Leaves no file behind. Returns 0, or puts one line that says what is
// wrong into `error` (always NUL-terminated) and returns 1.
int BenchProfilerCheckPath(const char* path, const char* const* others,
                           size_t num_others, char* error, size_t error_size);

// Symbolizes the one profile in `data` and hands its bytes to `write`, in order
// and in pieces: a gzipped profile.proto, or if `debug` is not 0, a text; or
// the trace, if there is one instead of a profile. Rows have the program's
// labels and SampleRow::size; what they have of regions (run, thread, phase) is
// not looked at. Returns 0, or 1 with the reason in `error`.
//
// `write` returns false if it takes no more, which is an error; it is not
// called again then. It must not throw. Nothing waits for it: other threads may
// write profiles meanwhile, and so may `write` itself.
//
// What files are found to contain is kept for the next call. From any thread,
// at any time, in a forked child, too.
int BenchProfilerWrite(const bench_profiler::RawProfile* data, int debug,
                       bool (*write)(void* cookie, const char* bytes,
                                     size_t size),
                       void* cookie, bench_profiler::Error* error);

// The same to the file `path`, which appears whole or not at all. Makes the
// folders above it where they are missing.
int BenchProfilerWriteFile(const bench_profiler::RawProfile* data, int debug,
                           const char* path, bench_profiler::Error* error);

// Hands a line "0x4011d6 Name" to `write` for each of data->stacks whose
// function has a name, in order. Otherwise as BenchProfilerWrite.
int BenchProfilerWriteNames(const bench_profiler::RawProfile* data,
                            bool (*write)(void* cookie, const char* bytes,
                                          size_t size),
                            void* cookie, bench_profiler::Error* error);

// Hands the HTML page of a profile, a gzipped profile.proto, to `write`, at
// once. Otherwise as BenchProfilerWrite.
int BenchProfilerWritePage(const char* bytes, size_t size, const char* title,
                           bool (*write)(void* cookie, const char* bytes,
                                         size_t size),
                           void* cookie, bench_profiler::Error* error);

}  // extern "C"

#endif  // BENCH_PROFILER_EXPORT_EXPORTER_H_
