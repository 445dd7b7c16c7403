// Opens the socket of the HTTP server.
//
//   HttpAddress address;                       // with port 0
//   Error error;
//   int fd = OpenListeningSocket(&address, &error);   // -1: see error
//   // address.port() is the one that was taken
#ifndef BENCH_PROFILER_HTTP_LISTENING_SOCKET_H_
#define BENCH_PROFILER_HTTP_LISTENING_SOCKET_H_

#include "bench_profiler/error.h"
#include "bench_profiler/http/address.h"

namespace bench_profiler {

// The socket does not block, and no program that this one executes has it.
int OpenListeningSocket(HttpAddress* address, Error* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTTP_LISTENING_SOCKET_H_
