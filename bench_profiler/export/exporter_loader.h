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
  decltype(&BenchProfilerWriteNames) write_names = nullptr;
  decltype(&BenchProfilerWritePage) write_page = nullptr;
};

// Returns the exporter of this process. The first call loads it from the folder
// of this library, which takes some 20 ms, and it stays loaded. If it is not
// there or cannot be loaded, returns null with the reason in `error`; the next
// call tries again. Thread-safe. Not for signal handlers, nor while a lock is
// held for which an allocation may wait.
const Exporter* LoadExporter(Error* error);

// Makes what the exporter's libraries have of thread-local variables, for this
// thread. Otherwise the loader does so when the exporter runs in the thread for
// the first time, and calls the program's malloc for it, and that would hang in
// a copy of the process that was made while another thread was in malloc. The
// exporter must have been loaded.
void MakeExporterThreadLocals();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_EXPORT_EXPORTER_LOADER_H_
