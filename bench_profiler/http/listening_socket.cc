#include "bench_profiler/http/listening_socket.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

namespace bench_profiler {
namespace {

bool Listen(int fd, HttpAddress* address) {
  // Else the port would stay taken for a minute after the program has ended.
  const int yes = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  socklen_t size = sizeof(address->socket);
  return bind(fd, &address->socket.any, address->size) == 0 &&
         listen(fd, SOMAXCONN) == 0 &&
         getsockname(fd, &address->socket.any, &size) == 0;
}

}  // namespace

int OpenListeningSocket(HttpAddress* address, Error* error) {
  const int fd = socket(address->socket.any.sa_family,
                        SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd >= 0 && Listen(fd, address)) return fd;
  *error = Error::Format("cannot serve profiles at %s: %s",
                         address->Text().c_str(), std::strerror(errno));
  if (fd >= 0) close(fd);
  return -1;
}

}  // namespace bench_profiler
