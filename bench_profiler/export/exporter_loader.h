// Loads libbench_profiler_export.so into a linker namespace of its own.
//
//   Exporter exporter;
//   std::string error;
//   if (!LoadExporter(&exporter, &error)) ...
//   exporter.write(&data);
#ifndef BENCH_PROFILER_EXPORT_EXPORTER_LOADER_H_
#define BENCH_PROFILER_EXPORT_EXPORTER_LOADER_H_

#include <string>

#include "bench_profiler/export/exporter.h"

namespace bench_profiler {

struct Exporter {
  decltype(&BenchProfilerExport) write = nullptr;
  decltype(&BenchProfilerCheckPath) check_path = nullptr;
};

// Looks in the folder of this library. Returns false, with one line in `error`,
// if it is not there or cannot be loaded. It stays loaded.
bool LoadExporter(Exporter* exporter, std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_EXPORT_EXPORTER_LOADER_H_
