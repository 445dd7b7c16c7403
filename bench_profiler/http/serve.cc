// Serve and ServeAsync.
#include <memory>

#include "bench_profiler/allocations.h"
#include "bench_profiler/http.h"
#include "bench_profiler/http/endpoints.h"
#include "bench_profiler/http/exchange.h"
#include "bench_profiler/platform/own_threads.h"
#include "bench_profiler/pprof/no_cancellation.h"
#include "bench_profiler/pprof/passed_on.h"

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
  if (place.endpoint == nullptr) return response->Fail(404, "Unknown profile");
  const bool takes = request.is_head || View(plain.method) == "GET" ||
                     (request.is_post && place.endpoint->takes_post);
  if (takes) return place.endpoint->serve(request, response);
  response->Fail(405, "Method Not Allowed");
  response->Set("Allow",
                place.endpoint->takes_post ? "GET, HEAD, POST" : "GET, HEAD");
}

// All that is allocated for it does not show in heap profiles.
std::unique_ptr<const Response> ResponseTo(const PlainHttpRequest& request,
                                           const PlainHttpCaller& caller) {
  const HiddenAllocations hidden;
  auto response = std::make_unique<Response>();
  try {
    Route(request, caller, response.get());
  } catch (const std::exception& exception) {
    response->Fail(500, exception.what());
  }
  if (View(request.method) == "HEAD") response->body.clear();
  return response;
}

void Answer(const Response& response, const PlainHttpCaller& caller) {
  std::vector<PlainHttpHeader> headers;
  headers.reserve(response.headers.size());
  for (const auto& [name, value] : response.headers) {
    headers.push_back({Plain(name), Plain(value)});
  }
  PlainHttpResponse plain;
  plain.status = response.status;
  plain.headers = headers.data();
  plain.num_headers = headers.size();
  plain.body = Plain(response.body);
  caller.answer(caller.caller, plain);
}

struct Task {
  PlainHttpRequest request;
  PlainHttpCaller caller;
};

void RunTask(void* argument) {
  const std::unique_ptr<Task> task(static_cast<Task*>(argument));
  pprof::internal::Serve(task->request, task->caller);
}

}  // namespace

void pprof::internal::Serve(const PlainHttpRequest& request,
                            const PlainHttpCaller& caller) {
  if (const auto next = PassedOn<&internal::Serve>()) {
    return next(request, caller);
  }
  const NoCancellation no_cancellation;
  Answer(*ResponseTo(request, caller), caller);
}

void pprof::internal::ServeAsync(const PlainHttpRequest& request,
                                 const PlainHttpCaller& caller) {
  if (const auto next = PassedOn<&internal::ServeAsync>()) {
    return next(request, caller);
  }
  auto task = std::make_unique<Task>(Task{request, caller});
  if (StartOwnThread(RunTask, task.get(), kWritingStack)) {
    task.release();  // RunTask takes it
    return;
  }
  Response response;
  response.Fail(503, "too many requests at the same time");
  Answer(response, caller);
}

}  // namespace bench_profiler
