#include "bench_profiler/run/output_path.h"

#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bench_profiler {
namespace {

std::string AbsolutePath(const std::string& path, const std::string& base) {
  if (path[0] == '/') return path;
  return path == "." ? base : base + "/" + path;
}

// Puts `suffix` before the extension, unless `path` is a device, a pipe or a
// folder.
std::string WithSuffix(std::string path, const std::string& suffix) {
  struct stat status;
  if (path.back() == '/') return path;
  if (stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) return path;
  const size_t dot = path.find_last_of("./");
  const bool has_extension = dot != std::string::npos && path[dot] == '.';
  return path.insert(has_extension ? dot : path.size(), suffix);
}

std::string CurrentDirectory() {
  char directory[PATH_MAX];
  return getcwd(directory, sizeof(directory)) == nullptr ? "." : directory;
}

}  // namespace

std::string OutputPath(const Options& options, const std::string& path) {
  const std::string base = AbsolutePath(options.output_dir, CurrentDirectory());
  return WithSuffix(AbsolutePath(path, base), options.file_suffix);
}

}  // namespace bench_profiler
