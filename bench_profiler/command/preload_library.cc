#include "bench_profiler/command/preload_library.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace bench_profiler {
namespace {

constexpr char kLibrary[] = "/libbench_profiler_preload.so";

}  // namespace

bool FindPreloadLibrary(std::string* path, std::string* error) {
  char self[PATH_MAX];
  const ssize_t size = readlink("/proc/self/exe", self, sizeof(self));
  const std::string program(self, size > 0 ? static_cast<size_t>(size) : 0);
  const std::string folder = program.substr(0, program.find_last_of('/'));
  for (const char* libraries : {BENCH_PROFILER_LIBRARIES, "../lib"}) {
    char resolved[PATH_MAX];
    const std::string candidate = folder + "/" + libraries + kLibrary;
    if (realpath(candidate.c_str(), resolved) == nullptr) continue;
    *path = resolved;
    if (path->find_first_of(" :") == std::string::npos) return true;
    *error = *path +
             " cannot be preloaded: the loader allows for no blank and "
             "no colon in it; install bench_profiler elsewhere";
    return false;
  }
  *error = std::string(kLibrary + 1) + " was not found in " + folder + "/" +
           BENCH_PROFILER_LIBRARIES + "; install bench_profiler again";
  return false;
}

void PreloadLibrary(const std::string& library, const std::string& sanitizer) {
  const char* value = std::getenv("LD_PRELOAD");
  const std::string users = value == nullptr ? "" : value;
  setenv("BENCH_PROFILER_LD_PRELOAD", users.c_str(), 1);
  std::string all = sanitizer.empty() ? library : sanitizer + ":" + library;
  if (!users.empty()) all += ":" + users;
  setenv("LD_PRELOAD", all.c_str(), 1);
}

bool MakeOutputFolderAbsolute(Options* options, std::string* error) {
  if (options->output_dir[0] == '/') return true;
  char folder[PATH_MAX];
  if (getcwd(folder, sizeof(folder)) == nullptr) {
    *error = std::string("the current folder: ") + std::strerror(errno);
    return false;
  }
  options->output_dir = options->output_dir == "."
                            ? folder
                            : folder + ("/" + options->output_dir);
  return true;
}

}  // namespace bench_profiler
