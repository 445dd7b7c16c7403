// One request over HTTP, and its answer.
//
//   HttpRequest request = {"POST", {"Content-Type: application/json"}, "{}"};
//   HttpResponse response;
//   std::string error;
//   switch (Exchange(url, request, 60, &progress, &response, &error)) ...
#ifndef BENCH_PROFILER_COMMAND_HTTP_EXCHANGE_H_
#define BENCH_PROFILER_COMMAND_HTTP_EXCHANGE_H_

#include <string>
#include <vector>

#include "bench_profiler/command/http_response.h"
#include "bench_profiler/command/progress.h"
#include "bench_profiler/command/url.h"

namespace bench_profiler {

struct HttpRequest {
  std::string method = "GET";
  std::vector<std::string> headers;  // without those of every request
  std::string body;
};

enum class HttpResult {
  kAnswered,    // be it "200 OK" or not
  kNoAnswer,    // there may be one if it is sent once more
  kImpossible,  // there will be none: no such host, no curl
};

// Gives up when `progress`, which is updated, is `timeout` seconds old. `error`
// gets one line unless it is answered. https, and a name and a password in the
// address, are left to curl(1), which gets all of it where no list of processes
// shows it.
HttpResult Exchange(const Url& url, const HttpRequest& request, int timeout,
                    Progress* progress, HttpResponse* response,
                    std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_HTTP_EXCHANGE_H_
