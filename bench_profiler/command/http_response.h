// What a server answered: head and body, taken apart.
//
//   HttpResponse response;
//   if (!ParseHttpResponse(all_bytes, &response)) ...  // no HTTP, or cut off
#ifndef BENCH_PROFILER_COMMAND_HTTP_RESPONSE_H_
#define BENCH_PROFILER_COMMAND_HTTP_RESPONSE_H_

#include <string>
#include <string_view>

namespace bench_profiler {

struct HttpResponse {
  int status = 0;
  std::string reason;       // "404 Not Found"
  std::string location;     // of a redirection
  std::string retry_after;  // "30", seconds; "" if the server does not say it
  std::string body;
};

// Reads all that came on a connection that the server has closed. Returns false
// if it is no HTTP, or if the body is not complete.
bool ParseHttpResponse(std::string_view bytes, HttpResponse* response);

// Whether the response is complete, so that nobody needs to wait for the server
// to close the connection.
bool IsCompleteHttpResponse(std::string_view bytes);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_HTTP_RESPONSE_H_
