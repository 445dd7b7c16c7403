// The profiler's own HTTP server: threads that no profile shows, which take one
// connection each.
//
//   RunningServer server;
//   Error error = StartServer(address, pprof::internal::Serve, &server);
//   ...                               // requests come to server.address
//   StopServer(server.number);
//
// The threads block all signals, so that none takes one that is meant for the
// program. There is one more of them than there are connections, and 16 at
// most: further clients wait until the kernel hands them over. A forked child
// has no server: its copies of the sockets are closed there.
#ifndef BENCH_PROFILER_HTTP_HTTP_SERVER_H_
#define BENCH_PROFILER_HTTP_HTTP_SERVER_H_

#include <cstdint>

#include "bench_profiler/error.h"
#include "bench_profiler/http/address.h"
#include "bench_profiler/http/connection.h"

namespace bench_profiler {

struct RunningServer {
  int64_t number = 0;   // 0: none
  HttpAddress address;  // with the port that was taken, if any was wanted
};

// Thread-safe, as is the other one.
Error StartServer(const HttpAddress& address, ServeFunction serve,
                  RunningServer* server);

// Ends the requests that are being served, and waits for their threads: for 5
// seconds at most, after which they end by themselves. Does nothing if there is
// no such server in this process. This is also done when the program ends, by
// exit or by a return from main.
void StopServer(int64_t number);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTTP_HTTP_SERVER_H_
