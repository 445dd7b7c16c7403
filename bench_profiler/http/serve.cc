// Serve.
#include <memory>

#include "bench_profiler/allocations.h"
#include "bench_profiler/http.h"
#include "bench_profiler/http/endpoints.h"
#include "bench_profiler/http/exchange.h"
#include "bench_profiler/http/limits.h"
#include "bench_profiler/http/profile_page.h"
#include "bench_profiler/pprof/no_cancellation.h"
#include "bench_profiler/pprof/passed_on.h"
#include "bench_profiler/pprof/serving_switch.h"

namespace bench_profiler {
namespace {

using pprof::internal::PlainHttpCaller;
using pprof::internal::PlainHttpHeader;
using pprof::internal::PlainHttpRequest;
using pprof::internal::PlainHttpResponse;
using pprof::internal::PlainText;

std::string_view View(const PlainText& text) { return {text.data, text.size}; }
PlainText Plain(std::string_view text) { return {text.data(), text.size()}; }

void Redirect(const std::string& location, Response* response) {
  response->status = 301;
  response->SetType(kText);
  response->Set("Location", location);
  response->body = "Moved Permanently\n";
}

void Route(const PlainHttpRequest& plain, const PlainHttpCaller& caller,
           Response* response) {
  Request request;
  request.is_head = View(plain.method) == "HEAD";
  request.is_post = View(plain.method) == "POST";
  request.raw_query = View(plain.query);
  request.body = View(plain.body);
  request.caller = &caller;
  Place place = FindPlace(View(plain.path));
  request.profile = std::move(place.profile);
  response->Set("X-Content-Type-Options", "nosniff");
  if (place.is_folder_without_slash) return Redirect("pprof/", response);
  if (place.endpoint == nullptr) return response->Fail(404, kUnknown);
  const bool takes = request.is_head || View(plain.method) == "GET" ||
                     (request.is_post && place.endpoint->takes_post);
  if (takes) {
    place.endpoint->serve(request, response);
    // The head of a page is not worth making one.
    if (WantsPage(request) && !request.is_head) {
      ToPage(request.profile, response);
    }
    return;
  }
  response->Fail(405, "Method Not Allowed");
  response->Set("Allow",
                place.endpoint->takes_post ? "GET, HEAD, POST" : "GET, HEAD");
}

// All that is allocated for the response does not show in heap profiles.
struct Answer {
  Answer(const PlainHttpRequest& request, const PlainHttpCaller& caller) {
    const HiddenAllocations hidden;
    TurnOnForServing();
    try {
      Route(request, caller, &response);
    } catch (const std::exception& exception) {
      response.Fail(500, exception.what());
    }
    for (const auto& [name, value] : response.headers) {
      headers.push_back({Plain(name), Plain(value)});
    }
    plain.status = response.status;
    plain.headers = headers.data();
    plain.num_headers = headers.size();
    if (View(request.method) != "HEAD") plain.body = Plain(response.body);
  }

  Response response;
  std::vector<PlainHttpHeader> headers;
  PlainHttpResponse plain;
};

}  // namespace

void pprof::internal::Serve(const PlainHttpRequest& request,
                            const PlainHttpCaller& caller) {
  if (const auto next = PassedOn<&internal::Serve>()) {
    return next(request, caller);
  }
  const NoCancellation no_cancellation;
  std::unique_ptr<const Answer> answer;
  try {
    answer = std::make_unique<const Answer>(request, caller);
  } catch (...) {
    return Refuse(caller, 500, "no memory left\n");
  }
  caller.answer(caller.caller, answer->plain);
}

}  // namespace bench_profiler
