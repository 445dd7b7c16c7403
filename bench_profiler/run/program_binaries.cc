#include "bench_profiler/run/program_binaries.h"

#include <link.h>
#include <sys/stat.h>

namespace bench_profiler {
namespace {

int IsThisFile(dl_phdr_info* object, size_t, void* argument) {
  const auto& wanted = *static_cast<const struct stat*>(argument);
  // The entry of the program itself has no name.
  const char* path =
      object->dlpi_name[0] == '\0' ? "/proc/self/exe" : object->dlpi_name;
  struct stat status;
  return stat(path, &status) == 0 && status.st_dev == wanted.st_dev &&
                 status.st_ino == wanted.st_ino
             ? 1
             : 0;
}

}  // namespace

bool IsProgramBinary(const std::string& path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0 &&
         dl_iterate_phdr(IsThisFile, &status) != 0;
}

}  // namespace bench_profiler
