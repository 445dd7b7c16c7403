// The head of an HTTP response: its first line and its fields.
//
//   std::string head = ResponseHead(response, /*has_body=*/true);
//   // HTTP/1.1 200 OK, Content-Length: 5, Connection: close, ...
//
// Connections are not kept: whoever waits for one of ours would wait longer.
#ifndef BENCH_PROFILER_HTTP_RESPONSE_HEAD_H_
#define BENCH_PROFILER_HTTP_RESPONSE_HEAD_H_

#include <string>

#include "bench_profiler/http.h"

namespace bench_profiler {

// With the empty line at its end. `has_body` is false for a HEAD request: then
// nobody knows how long the body would be. Leaves out fields that would break
// the response, as with a line feed in them. May throw std::bad_alloc.
std::string ResponseHead(const pprof::internal::PlainHttpResponse& response,
                         bool has_body);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTTP_RESPONSE_HEAD_H_
