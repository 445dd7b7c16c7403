#include "bench_profiler/http/own_descriptor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bench_profiler {
namespace {

// Above what shells and other programs choose, and below the usual limit.
constexpr int kLowestNumber = 500;

// 0 if it is no socket.
ino_t SocketInode(int fd) {
  struct stat status;
  return fstat(fd, &status) == 0 && S_ISSOCK(status.st_mode) ? status.st_ino
                                                             : 0;
}

}  // namespace

void OwnDescriptor::Take(int fd) {
  if (fd < 0) return;
  const int higher = fcntl(fd, F_DUPFD_CLOEXEC, kLowestNumber);
  if (higher >= 0) {
    close(fd);
    fd = higher;
  }
  inode_.store(SocketInode(fd));
  fd_.store(fd);
}

int OwnDescriptor::Get() const {
  const int fd = fd_.load();
  return fd >= 0 && SocketInode(fd) == inode_.load() ? fd : -1;
}

void OwnDescriptor::Close() {
  // As soon as there is no number here, another thread may put its own in.
  const ino_t inode = inode_.load();
  const int fd = fd_.exchange(-1);
  if (fd >= 0 && SocketInode(fd) == inode) close(fd);
}

}  // namespace bench_profiler
