// Loads libbench_profiler_export.so into a linker namespace of its own.
//
//   Error error;
//   const Exporter* exporter = LoadExporter(&error);
//   if (exporter == nullptr) ...   // error.message() says why
//   exporter->write_all(&data);
#ifndef BENCH_PROFILER_EXPORT_EXPORTER_LOADER_H_
#define BENCH_PROFILER_EXPORT_EXPORTER_LOADER_H_

#include "bench_profiler/error.h"
#include "bench_profiler/export/exporter.h"

namespace bench_profiler {

struct Exporter {
  decltype(&BenchProfilerExport) write_all = nullptr;
  decltype(&BenchProfilerCheckPath) check_path = nullptr;
  decltype(&BenchProfilerWrite) write_one = nullptr;
  decltype(&BenchProfilerWriteFile) write_file = nullptr;
};

// The exporter of this process, which the first call loads (some 20 ms) and
// which stays. Looks in the folder of this library. Null, with the reason in
// `error`, if it is not there or cannot be loaded; the next call tries again.
// From any thread; not in a handler, nor while a lock is held that allocation
// may wait for.
const Exporter* LoadExporter(Error* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_EXPORT_EXPORTER_LOADER_H_
