#include "bench_profiler/export/exporter_loader.h"

#include <dlfcn.h>

// Our own sanitizer builds: the runtime cannot be loaded twice, so there the
// exporter has to share the program's namespace.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define BENCH_PROFILER_DLOPEN(path) dlopen(path, RTLD_NOW | RTLD_LOCAL)
#else
#define BENCH_PROFILER_DLOPEN(path) \
  dlmopen(LM_ID_NEWLM, path, RTLD_NOW | RTLD_LOCAL)
#endif

namespace bench_profiler {

bool LoadExporter(Exporter* exporter, std::string* error) {
  Dl_info self;
  if (dladdr(reinterpret_cast<void*>(&LoadExporter), &self) == 0) {
    *error = "cannot find the folder of libbench_profiler.so";
    return false;
  }
  std::string path = self.dli_fname;
  path.resize(path.find_last_of('/') + 1);
  path += "libbench_profiler_export.so";
  void* library = BENCH_PROFILER_DLOPEN(path.c_str());
  if (library == nullptr) {
    *error = std::string("cannot load the exporter: ") + dlerror();
    return false;
  }
  exporter->write = reinterpret_cast<decltype(exporter->write)>(
      dlsym(library, "BenchProfilerExport"));
  exporter->check_path = reinterpret_cast<decltype(exporter->check_path)>(
      dlsym(library, "BenchProfilerCheckPath"));
  if (exporter->write == nullptr || exporter->check_path == nullptr) {
    *error = path + " is of another version of bench_profiler";
    return false;
  }
  return true;
}

}  // namespace bench_profiler
