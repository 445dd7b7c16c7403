#include "bench_profiler/writers/output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace bench_profiler {
namespace {

constexpr mode_t kFileMode = 0666;  // less the umask, as for any file
constexpr mode_t kFolderMode = 0777;

std::string FolderOf(const std::string& path) {
  const size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// The file that `path` leads to through symbolic links.
std::string Resolve(const std::string& path) {
  char resolved[PATH_MAX];
  return realpath(path.c_str(), resolved) == nullptr ? path : resolved;
}

std::string WriteAll(int fd, const std::string& bytes) {
  size_t written = 0;
  while (written < bytes.size()) {
    const ssize_t size =
        write(fd, bytes.data() + written, bytes.size() - written);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return std::strerror(errno);
    written += static_cast<size_t>(size);
  }
  return "";
}

std::string WriteDirectly(const std::string& path, const std::string& bytes) {
  const int fd = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd < 0) return std::strerror(errno);
  std::string error = WriteAll(fd, bytes);
  if (close(fd) != 0 && error.empty()) error = std::strerror(errno);
  return error;
}

}  // namespace

bool IsSpecialFile(const std::string& path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) &&
         !S_ISDIR(status.st_mode);
}

std::string MakeFolders(const std::string& folder) {
  struct stat status;
  if (stat(folder.c_str(), &status) == 0) {
    return S_ISDIR(status.st_mode) ? "" : folder + " is no folder";
  }
  const std::string parent = FolderOf(folder);
  if (parent != folder) {
    std::string error = MakeFolders(parent);
    if (!error.empty()) return error;
  }
  if (mkdir(folder.c_str(), kFolderMode) == 0 || errno == EEXIST) return "";
  return "cannot make the folder " + folder + ": " + std::strerror(errno);
}

std::string WriteWholeFile(const std::string& path, const std::string& bytes) {
  if (IsSpecialFile(path)) return WriteDirectly(path, bytes);
  const std::string target = Resolve(path);
  const std::string temporary =
      target + ".tmp" + std::to_string(static_cast<long>(getpid()));
  const int fd = open(temporary.c_str(),
                      O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kFileMode);
  if (fd < 0) return std::strerror(errno);
  std::string error = WriteAll(fd, bytes);
  if (close(fd) != 0 && error.empty()) error = std::strerror(errno);
  if (error.empty() && rename(temporary.c_str(), target.c_str()) != 0) {
    error = std::strerror(errno);
  }
  if (!error.empty()) unlink(temporary.c_str());
  return error;
}

std::string CheckWritable(const std::string& path) {
  if (IsSpecialFile(path)) {
    if (access(path.c_str(), W_OK) == 0) return "";
    return path + " cannot be written: " + std::strerror(errno);
  }
  struct stat status;
  if (stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) {
    return path + " is a folder; name a file in it";
  }
  const std::string target = Resolve(path);
  const std::string error = MakeFolders(FolderOf(target));
  if (!error.empty()) return error + "; choose another place";
  // Only a try tells for sure: access(2) knows nothing of full or read-only
  // file systems.
  const std::string probe =
      target + ".tmp" + std::to_string(static_cast<long>(getpid()));
  const int fd =
      open(probe.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kFileMode);
  if (fd < 0) {
    return "no file can be made in " + FolderOf(target) + ": " +
           std::strerror(errno) + "; choose another place";
  }
  close(fd);
  unlink(probe.c_str());
  return "";
}

}  // namespace bench_profiler
