// One connection of the HTTP server: one request, one response.
//
//   ServeConnection(socket, {&server, is_loopback, pprof::internal::Serve});
//
// A request has to be here, with its body, after 5 seconds, so that a client
// which sends a byte now and then holds nothing up. The response may take a
// minute to be sent.
#ifndef BENCH_PROFILER_HTTP_CONNECTION_H_
#define BENCH_PROFILER_HTTP_CONNECTION_H_

#include "bench_profiler/http.h"
#include "bench_profiler/http/own_descriptor.h"

namespace bench_profiler {

// What pprof::internal::Serve is.
using ServeFunction = void (*)(const pprof::internal::PlainHttpRequest& request,
                               const pprof::internal::PlainHttpCaller& caller);

struct ConnectionOptions {
  // The socket that listens. Is shut down when the server ends: then so does
  // this, wherever it is.
  const OwnDescriptor* server = nullptr;
  // Whether to refuse requests that were not meant for the loopback interface.
  bool is_loopback = true;
  ServeFunction serve = nullptr;
};

// `socket` is a connected one that does not block. Leaves it open. Throws
// nothing.
void ServeConnection(const OwnDescriptor& socket,
                     const ConnectionOptions& options) noexcept;

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTTP_CONNECTION_H_
