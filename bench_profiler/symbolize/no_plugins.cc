// libdw looks for debuginfod's client when it is loaded, which would ask a
// server for the debug information that is not here; in the exporter's
// namespace it finds none.
//
// A profile's symbols are those of this machine, and saving waits for no
// network. And before glibc 2.34 dlopen is not safe there: it keeps its state
// under a pthread key, of which every namespace counts its own from 0, while a
// thread has one set of values; what it takes for its state may be the
// program's.
#include <dlfcn.h>

// Comes before libc's for all libraries of the namespace, of which this one is
// the first.
extern "C" __attribute__((visibility("default"))) void* dlopen(
    const char* /*file*/, int /*mode*/) noexcept {
  return nullptr;
}
