// Whether the other end of a connection has gone, for servers that ask Serve.
//
//   pprof::HttpRequest request;
//   ...
//   request.cancelled = [socket] { return pprof::IsConnectionClosed(socket); };
//   const pprof::HttpResponse response = pprof::Serve(request);
//
// A profile of 30 seconds ends then as soon as nobody waits for it any more.
#ifndef BENCH_PROFILER_HTTP_CONNECTION_H_
#define BENCH_PROFILER_HTTP_CONNECTION_H_

#include <poll.h>

namespace bench_profiler {
namespace pprof {

// Returns whether the peer of the connected `socket` has closed it, or will
// send no more: a client that waits for an answer keeps its side open. Does not
// wait, and reads nothing.
inline bool IsConnectionClosed(int socket) {
  pollfd look = {};
  look.fd = socket;
  look.events = POLLRDHUP;
  return poll(&look, 1, 0) == 1;
}

}  // namespace pprof
}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTTP_CONNECTION_H_
