// Asks a server for a profile, over plain HTTP.
//
//   std::string bytes, error;
//   if (!HttpGet(url, 90, &bytes, &error)) ...
#ifndef BENCH_PROFILER_COMMAND_HTTP_CLIENT_H_
#define BENCH_PROFILER_COMMAND_HTTP_CLIENT_H_

#include <string>

#include "bench_profiler/command/url.h"

namespace bench_profiler {

// Follows redirections. Gives up after `timeout` seconds. Returns false with
// one line in `error` if there is no answer, or one that is not "200 OK": then
// with the first line of what the server says about it. https is left to
// curl(1).
bool HttpGet(const Url& url, int timeout, std::string* body,
             std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_HTTP_CLIENT_H_
