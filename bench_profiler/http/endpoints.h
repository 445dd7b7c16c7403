// THE table of what is served, and where.
//
//   const Place place = FindPlace("/tools/debug/pprof/heap");
//   if (place.endpoint != nullptr) place.endpoint->serve(request, &response);
//
// A further one is a row here, and a function in a file of its own.
#ifndef BENCH_PROFILER_HTTP_ENDPOINTS_H_
#define BENCH_PROFILER_HTTP_ENDPOINTS_H_

#include <string>
#include <string_view>

#include "bench_profiler/http/exchange.h"
#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

struct Endpoint {
  const char* folder = "";  // "/debug/pprof/"
  const char* name = "";    // in it; null: any other one, a profile's
  void (*serve)(const Request& request, Response* response) = nullptr;
  const char* profile = "";      // Request::profile
  const char* description = "";  // "": the index page does not show it
  bool takes_post = false;
};

ArrayView<Endpoint> Endpoints();

struct Place {
  const Endpoint* endpoint = nullptr;  // null: nothing is there
  std::string profile;
  bool is_folder_without_slash = false;
};

// What is at the path of a URL. What stands before the folders of the table
// does not count, since programs may mount them anywhere.
Place FindPlace(std::string_view path);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTTP_ENDPOINTS_H_
