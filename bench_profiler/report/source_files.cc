#include "bench_profiler/report/source_files.h"

#include <unistd.h>

#include <cctype>
#include <cerrno>
#include <climits>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <utility>

#include "bench_profiler/report/paths.h"

namespace bench_profiler {
namespace {

std::string CurrentFolder() {
  char folder[PATH_MAX];
  return getcwd(folder, sizeof(folder)) == nullptr ? "." : folder;
}

// "open /a/b.cc: no such file or directory", as Go says it.
std::string OpenError(const std::string& path, int code) {
  std::string reason = std::strerror(code);
  if (!reason.empty()) {
    reason[0] =
        static_cast<char>(std::tolower(static_cast<unsigned char>(reason[0])));
  }
  return "open " + path + ": " + reason;
}

bool Open(const std::string& path, std::ifstream* file) {
  errno = 0;
  file->open(path, std::ios::binary);
  return file->is_open();
}

// The folder above; `folder` itself if there is none.
std::string Above(const std::string& folder) {
  const size_t slash = folder.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : folder.substr(0, slash);
}

bool OpenBelow(const std::string& search_path, const std::string& path,
               std::ifstream* file) {
  for (size_t start = 0; start <= search_path.size();) {
    size_t end = search_path.find(':', start);
    if (end == std::string::npos) end = search_path.size();
    std::string folder = search_path.substr(start, end - start);
    start = end + 1;
    while (true) {
      if (Open(CleanPath(folder + "/" + path), file)) return true;
      const std::string above = Above(folder);
      if (above == folder) break;
      folder = above;
    }
  }
  return false;
}

}  // namespace

SourceFiles::SourceFiles(std::string search_path, std::string trim_path)
    : search_path_(search_path.empty() ? CurrentFolder()
                                       : std::move(search_path)),
      trim_path_(std::move(trim_path)) {}

const SourceFiles::File& SourceFiles::Read(const std::string& path) {
  File& file = files_[path];
  if (file.is_read) return file;
  file.is_read = true;
  std::ifstream stream;
  const std::string trimmed = TrimPath(path, trim_path_, search_path_);
  if (!trimmed.empty() && trimmed[0] == '/') {
    if (!Open(trimmed, &stream)) file.error = OpenError(trimmed, errno);
  } else if (!OpenBelow(search_path_, trimmed, &stream)) {
    file.error = "could not find file " + trimmed + " on path " + search_path_;
  }
  // pprof stops where a line is longer than any that people write.
  constexpr size_t kLongestLine = 65535;
  for (std::string line; std::getline(stream, line);) {
    if (line.size() > kLongestLine) break;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    file.lines.push_back(line);
  }
  return file;
}

const std::vector<std::string>* SourceFiles::Lines(const std::string& path,
                                                   std::string* error) {
  const File& file = Read(path);
  *error = file.error;
  return file.error.empty() ? &file.lines : nullptr;
}

}  // namespace bench_profiler
