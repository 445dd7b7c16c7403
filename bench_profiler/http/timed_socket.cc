#include "bench_profiler/http/timed_socket.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>

#include <algorithm>

namespace bench_profiler {
namespace {

constexpr int64_t kNanosPerMilli = 1000 * 1000;
constexpr int64_t kNanosPerSecond = 1000 * kNanosPerMilli;

int64_t Now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * kNanosPerSecond + time.tv_nsec;
}

bool MayBeTriedAgain() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

}  // namespace

int64_t TimedSocket::After(int64_t seconds) {
  return Now() + seconds * kNanosPerSecond;
}

int TimedSocket::WaitFor(short events, int64_t deadline) const {
  for (;;) {
    const int64_t left = deadline - Now();
    pollfd descriptors[] = {{socket_->Get(), events, 0},
                            {server_->Get(), 0, 0}};
    if (left <= 0 || descriptors[0].fd < 0 || descriptors[1].fd < 0) return -1;
    const auto millis = static_cast<int>(left / kNanosPerMilli + 1);
    const int ready = poll(descriptors, 2, millis);
    if (ready < 0 && errno != EINTR) return -1;
    if (ready <= 0) continue;
    // An error of the socket is told by what comes next.
    return descriptors[1].revents == 0 ? socket_->Get() : -1;
  }
}

size_t TimedSocket::Receive(char* buffer, size_t size, int64_t deadline) {
  for (;;) {
    const int fd = WaitFor(POLLIN, deadline);
    if (fd < 0) return 0;
    const ssize_t received = recv(fd, buffer, size, 0);
    if (received >= 0) return static_cast<size_t>(received);
    if (!MayBeTriedAgain()) return 0;
  }
}

bool TimedSocket::Send(std::string_view bytes, int64_t deadline) {
  while (!bytes.empty()) {
    const int fd = WaitFor(POLLOUT, deadline);
    if (fd < 0) return false;
    // No SIGPIPE if the client is gone.
    const ssize_t sent = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<size_t>(sent));
    } else if (!MayBeTriedAgain()) {
      return false;
    }
  }
  return true;
}

bool TimedSocket::IsAbandoned() const {
  pollfd descriptors[] = {{socket_->Get(), POLLRDHUP, 0},
                          {server_->Get(), 0, 0}};
  return descriptors[0].fd < 0 || descriptors[1].fd < 0 ||
         poll(descriptors, 2, 0) > 0;
}

void TimedSocket::Finish(int64_t deadline) {
  shutdown(socket_->Get(), SHUT_WR);
  char ignored[4096];
  while (Receive(ignored, sizeof(ignored), deadline) > 0) {
  }
}

}  // namespace bench_profiler
