// Leaves a request to curl(1): it knows TLS, proxies and passwords.
//
//   ExchangeByCurl(url, request, 60, &progress, &response, &error);
//
// Addresses and headers, which may have passwords in them, go to its standard
// input, and so are in no list of processes.
#ifndef BENCH_PROFILER_COMMAND_CURL_H_
#define BENCH_PROFILER_COMMAND_CURL_H_

#include <string>

#include "bench_profiler/command/http_exchange.h"

namespace bench_profiler {

// As Exchange() of http_exchange.h.
HttpResult ExchangeByCurl(const Url& url, const HttpRequest& request,
                          int timeout, Progress* progress,
                          HttpResponse* response, std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_CURL_H_
