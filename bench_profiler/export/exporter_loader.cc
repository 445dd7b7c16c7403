#include "bench_profiler/export/exporter_loader.h"

#include <dlfcn.h>
#include <link.h>
#include <pthread.h>

#include <atomic>
#include <string>
#include <type_traits>

#include "bench_profiler/platform/fork_events.h"

// A sanitizer's runtime cannot be loaded twice, so in our own sanitizer builds
// the exporter shares the program's namespace.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define BENCH_PROFILER_DLOPEN(path) dlopen(path, RTLD_NOW | RTLD_LOCAL)
#else
#define BENCH_PROFILER_DLOPEN(path) \
  dlmopen(LM_ID_NEWLM, path, RTLD_NOW | RTLD_LOCAL)
#endif

// What __tls_get_addr takes (ELF Handling For Thread-Local Storage, 3.4).
struct TlsIndex {
  size_t module;
  size_t offset;
};
extern "C" void* __tls_get_addr(TlsIndex* index);

namespace bench_profiler {
namespace {

pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;
std::atomic<const Exporter*> loaded{nullptr};
void* library = nullptr;  // set before `loaded`

// A fork waits while a thread loads the exporter. Otherwise this lock, and that
// of the loader, could be held for ever in the child.
void LockForFork() { pthread_mutex_lock(&loading); }
void UnlockAfterFork() { pthread_mutex_unlock(&loading); }
constexpr ForkHandlers kForkHandlers = {LockForFork, UnlockAfterFork,
                                        UnlockAfterFork};

Error Load(Exporter* exporter) {
  Dl_info self;
  if (dladdr(reinterpret_cast<void*>(&LoadExporter), &self) == 0) {
    return Error::Format("cannot find the folder of libbench_profiler.so");
  }
  std::string path = self.dli_fname;
  path.resize(path.find_last_of('/') + 1);
  path += "libbench_profiler_export.so";
  library = BENCH_PROFILER_DLOPEN(path.c_str());
  if (library == nullptr) {
    return Error::Format("cannot load the exporter: %s", dlerror());
  }
  const auto find = [](const char* name, auto* entry) {
    *entry = reinterpret_cast<std::remove_pointer_t<decltype(entry)>>(
        dlsym(library, name));
    return *entry != nullptr;
  };
  if (!find("BenchProfilerExport", &exporter->write_all) ||
      !find("BenchProfilerCheckPath", &exporter->check_path) ||
      !find("BenchProfilerWrite", &exporter->write_one) ||
      !find("BenchProfilerWriteFile", &exporter->write_file) ||
      !find("BenchProfilerWriteNames", &exporter->write_names) ||
      !find("BenchProfilerWritePage", &exporter->write_page)) {
    return Error::Format("%s is of another version of bench_profiler",
                         path.c_str());
  }
  return {};
}

}  // namespace

const Exporter* LoadExporter(Error* error) {
  if (const Exporter* exporter = loaded.load(std::memory_order_acquire)) {
    return exporter;
  }
  AddForkHandlers(&kForkHandlers);
  pthread_mutex_lock(&loading);
  if (loaded.load(std::memory_order_relaxed) == nullptr) {
    static Exporter exporter;
    *error = Load(&exporter);
    if (!*error) loaded.store(&exporter, std::memory_order_release);
  }
  pthread_mutex_unlock(&loading);
  return loaded.load(std::memory_order_relaxed);
}

void MakeExporterThreadLocals() {
  link_map* object = nullptr;
  dlinfo(library, RTLD_DI_LINKMAP, &object);
  for (; object != nullptr; object = object->l_next) {
    TlsIndex index = {};
    dlinfo(object, RTLD_DI_TLS_MODID, &index.module);
    if (index.module != 0) __tls_get_addr(&index);
  }
}

}  // namespace bench_profiler
