#include "bench_profiler/formats/output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace bench_profiler {
namespace {

constexpr mode_t kFileMode = 0666;  // without the umask's bits, as usual
constexpr mode_t kFolderMode = 0777;

std::string FolderOf(const std::string& path) {
  const size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// Returns the file that `path` leads to through symbolic links. Unlike with
// realpath(3), it need not exist.
std::string Resolve(const std::string& path) {
  constexpr int kMaxLinks = 40;  // the kernel's own limit, path_resolution(7)
  std::string target = path;
  char link[PATH_MAX];
  for (int i = 0; i < kMaxLinks; ++i) {
    const ssize_t size = readlink(target.c_str(), link, sizeof(link));
    if (size < 0) break;
    const std::string next(link, static_cast<size_t>(size));
    target = next[0] == '/' ? next : FolderOf(target) + "/" + next;
  }
  return target;
}

// Returns the same name for all paths that lead to one file. The file need not
// exist, but its folder does.
std::string Canonical(const std::string& path) {
  std::string target = Resolve(path);
  char folder[PATH_MAX];
  if (realpath(FolderOf(target).c_str(), folder) == nullptr) return target;
  return folder + target.substr(target.find_last_of('/'));
}

bool IsInOrIs(const std::string& path, const std::string& folder) {
  return path == folder ||
         path.compare(0, folder.size() + 1, folder + "/") == 0;
}

// Makes a new file beside `target` and puts its name into `name`. Returns its
// descriptor, or -1 with errno set. The name has the process id in it. A
// process with the same id, which is common in containers, may have been killed
// and have left its file. Then a number is added to the name.
int OpenTemporary(const std::string& target, std::string* name) {
  constexpr int kMaxTries = 1000;
  const std::string stem =
      target + ".tmp" + std::to_string(static_cast<long>(getpid()));
  *name = stem;
  int fd = -1;
  for (int i = 1; i <= kMaxTries; ++i) {
    fd =
        open(name->c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kFileMode);
    if (fd >= 0 || errno != EEXIST) break;
    *name = stem + "-" + std::to_string(i);
  }
  return fd;
}

// Returns "" if a file can be made beside `target`, or why not. To be sure, it
// makes one and removes it.
std::string TryFileBeside(const std::string& target) {
  std::string probe;
  const int fd = OpenTemporary(target, &probe);
  if (fd < 0) {
    return "no file can be made in " + FolderOf(target) + ": " +
           std::strerror(errno);
  }
  close(fd);
  unlink(probe.c_str());
  return "";
}

// Returns "" if files can be made in `folder`, which may be missing, or why
// not.
std::string TryFolder(const std::string& folder) {
  struct stat status;
  if (stat(folder.c_str(), &status) == 0 && !S_ISDIR(status.st_mode)) {
    return folder + " is no folder";
  }
  const bool made = mkdir(folder.c_str(), kFolderMode) == 0;
  if (!made && errno != EEXIST) {
    return "cannot make the folder " + folder + ": " + std::strerror(errno);
  }
  std::string error = TryFileBeside(folder + "/index.json");
  if (made) rmdir(folder.c_str());
  return error;
}

// While it lives, to write to a pipe that nobody reads, or beyond RLIMIT_FSIZE,
// is an error and does not end the program. The kernel sends the signals for
// both to the thread that writes, so it is enough to block them there. See
// pipe(7) and setrlimit(2).
class NoWriteSignals {
 public:
  NoWriteSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGPIPE);
    sigaddset(&signals_, SIGXFSZ);
    pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  }
  ~NoWriteSignals() {
    const timespec at_once = {};
    while (sigtimedwait(&signals_, nullptr, &at_once) > 0) {
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  NoWriteSignals(const NoWriteSignals&) = delete;
  NoWriteSignals& operator=(const NoWriteSignals&) = delete;

 private:
  sigset_t signals_;
  sigset_t before_;
};

// When the program is to end soon, a call that waits for the reader of a pipe
// is interrupted ten times a second (run/writer_process.h). If that has gone on
// for a second, nobody seems to read.
class Patience {
 public:
  // Returns whether to try a call again that has failed.
  bool TriesAgain() { return errno == EINTR && ++interrupts_ < 10; }
  void Renew() { interrupts_ = 0; }

 private:
  int interrupts_ = 0;
};

std::string ErrorText() {
  return errno == EINTR ? "nobody reads it" : std::strerror(errno);
}

std::string WriteAll(int fd, const std::string& bytes) {
  const NoWriteSignals no_signals;
  Patience patience;
  size_t written = 0;
  while (written < bytes.size()) {
    const ssize_t size =
        write(fd, bytes.data() + written, bytes.size() - written);
    if (size < 0) {
      if (patience.TriesAgain()) continue;
      return ErrorText();
    }
    patience.Renew();
    written += static_cast<size_t>(size);
  }
  return "";
}

// Returns the standard stream that goes to the file with this status, or -1.
int StandardStream(const struct stat& status) {
  for (const int fd : {STDOUT_FILENO, STDERR_FILENO}) {
    struct stat stream;
    if (fstat(fd, &stream) == 0 && stream.st_dev == status.st_dev &&
        stream.st_ino == status.st_ino) {
      return fd;
    }
  }
  return -1;
}

std::string WriteDirectly(const std::string& path, const std::string& bytes) {
  // If standard output goes to this file, opening it again would overwrite it
  // from its start.
  struct stat status;
  if (stat(path.c_str(), &status) == 0 && StandardStream(status) >= 0) {
    return WriteAll(StandardStream(status), bytes);
  }
  Patience patience;
  int fd;
  do {
    fd = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  } while (fd < 0 && patience.TriesAgain());
  if (fd < 0) return ErrorText();
  std::string error = WriteAll(fd, bytes);
  if (close(fd) != 0 && error.empty()) error = std::strerror(errno);
  return error;
}

}  // namespace

bool IsSpecialFile(const std::string& path) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0 || S_ISDIR(status.st_mode)) return false;
  return !S_ISREG(status.st_mode) || StandardStream(status) >= 0;
}

std::string MakeFolders(const std::string& folder) {
  size_t end = 0;
  while (end < folder.size()) {
    end = std::min(folder.find('/', end + 1), folder.size());
    const std::string part = folder.substr(0, end);
    struct stat status;
    if (stat(part.c_str(), &status) == 0) {
      if (!S_ISDIR(status.st_mode)) return part + " is no folder";
    } else if (mkdir(part.c_str(), kFolderMode) != 0 && errno != EEXIST) {
      return "cannot make the folder " + part + ": " + std::strerror(errno);
    }
  }
  return "";
}

std::string ReplaceFile(const std::string& path, const std::string& bytes) {
  std::string temporary;
  const int fd = OpenTemporary(path, &temporary);
  if (fd < 0) return std::strerror(errno);
  std::string error = WriteAll(fd, bytes);
  if (close(fd) != 0 && error.empty()) error = std::strerror(errno);
  if (error.empty() && rename(temporary.c_str(), path.c_str()) != 0) {
    error = std::strerror(errno);
  }
  if (!error.empty()) unlink(temporary.c_str());
  return error;
}

std::string WriteWholeFile(const std::string& path, const std::string& bytes) {
  return IsSpecialFile(path) ? WriteDirectly(path, bytes)
                             : ReplaceFile(Resolve(path), bytes);
}

std::string CheckWritable(const std::string& path) {
  const std::string advice = "; choose another place";
  if (path.size() >= PATH_MAX) {
    return "a path of " + std::to_string(path.size()) +
           " characters is too long; choose a shorter one";
  }
  const std::string name = path.substr(path.find_last_of('/') + 1);
  if (name.empty() || name == "." || name == "..") {
    return path + " is a folder; name a file in it";
  }
  struct stat status;
  if (stat(path.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode))
      return path + " is a folder; name a file in it";
    // A file that is protected from writing must not be replaced either.
    if (faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) != 0) {
      return path + " cannot be written: " + std::strerror(errno) + advice;
    }
    if (IsSpecialFile(path)) return "";
  }
  const std::string target = Resolve(path);
  std::string error = MakeFolders(FolderOf(target));
  if (error.empty()) error = TryFileBeside(target);
  if (error.empty()) error = TryFolder(path + ".d");
  return error.empty() ? "" : error + advice;
}

std::string CheckDistinct(const std::string& path, const std::string& other) {
  const std::string file = Canonical(path);
  const std::string other_file = Canonical(other);
  if (file == other_file) {
    return path + " and " + other +
           " are the same file: give each profile its own";
  }
  if (IsInOrIs(file, Canonical(other + ".d")) ||
      IsInOrIs(other_file, Canonical(path + ".d"))) {
    return path + " and " + other +
           " do not go together: a profile FILE has a folder FILE.d, too; "
           "choose another name";
  }
  return "";
}

}  // namespace bench_profiler
