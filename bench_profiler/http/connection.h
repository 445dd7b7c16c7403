// One connection of the HTTP server: one request, one response.
//
//   ServeConnection(fd, {wake, is_loopback, pprof::internal::Serve});
//
// A request has to be here, with its body, after 5 seconds, so that a client
// which sends a byte now and then holds nothing up. The response may take a
// minute to be sent.
#ifndef BENCH_PROFILER_HTTP_CONNECTION_H_
#define BENCH_PROFILER_HTTP_CONNECTION_H_

#include "bench_profiler/http.h"

namespace bench_profiler {

// What pprof::internal::Serve is.
using ServeFunction = void (*)(const pprof::internal::PlainHttpRequest& request,
                               const pprof::internal::PlainHttpCaller& caller);

struct ConnectionOptions {
  // Readable when the server ends. Then so does this, wherever it is.
  int wake = -1;
  // Whether to refuse requests that were not meant for the loopback interface.
  bool is_loopback = true;
  ServeFunction serve = nullptr;
};

// `fd` is a connected socket that does not block. Leaves it open, but lets the
// client know that nothing more comes. Throws nothing.
void ServeConnection(int fd, const ConnectionOptions& options) noexcept;

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTTP_CONNECTION_H_
