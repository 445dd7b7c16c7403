// ?format=html: a profile as a page that draws it, for who asks with a browser.
//
//   ServeTable(request, &response);              // a profile
//   if (WantsPage(request)) ToPage(request.profile, &response);
#ifndef BENCH_PROFILER_HTTP_PROFILE_PAGE_H_
#define BENCH_PROFILER_HTTP_PROFILE_PAGE_H_

#include <string>

#include "bench_profiler/http/exchange.h"

namespace bench_profiler {

bool WantsPage(const Request& request);

// Turns a response that is a profile into a page of that title, or if there is
// no exporter or no profile in it, into an error. An error stays one.
void ToPage(const std::string& title, Response* response);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTTP_PROFILE_PAGE_H_
