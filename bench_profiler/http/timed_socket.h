// A connected socket, each step of which has an end.
//
//   TimedSocket socket(&connection, &listening);
//   const int64_t deadline = TimedSocket::After(5);
//   const ssize_t size = socket.Receive(buffer, sizeof(buffer), deadline);
//   socket.Send(bytes, deadline);
//
// Nothing here throws, allocates or raises a signal.
#ifndef BENCH_PROFILER_HTTP_TIMED_SOCKET_H_
#define BENCH_PROFILER_HTTP_TIMED_SOCKET_H_

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "bench_profiler/http/own_descriptor.h"

namespace bench_profiler {

class TimedSocket {
 public:
  // Must not block. When `server` is shut down, every wait ends.
  TimedSocket(const OwnDescriptor* socket, const OwnDescriptor* server)
      : socket_(socket), server_(server) {}

  // The time in so many seconds, for the others.
  static int64_t After(int64_t seconds);

  // Returns how many bytes came, or 0 if none will come before the deadline.
  size_t Receive(char* buffer, size_t size, int64_t deadline);

  // Returns whether all was sent.
  bool Send(std::string_view bytes, int64_t deadline);

  // Whether nobody waits for what could be sent: the client has closed its
  // side, or the server ends.
  bool IsAbandoned() const;

  // Tells the client that this was all, and waits for it to close its side.
  // What it has sent meanwhile must be read first: if it was not when the
  // socket is closed, TCP takes back what the client has not read yet.
  void Finish(int64_t deadline);

 private:
  // Returns the socket, or -1 if there is nothing to wait for any more.
  int WaitFor(short events, int64_t deadline) const;

  const OwnDescriptor* const socket_;
  const OwnDescriptor* const server_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTTP_TIMED_SOCKET_H_
