// The trace of some seconds.
#include <cstdlib>
#include <string>

#include "bench_profiler/http/handlers.h"
#include "bench_profiler/http/limits.h"
#include "bench_profiler/pprof/stream_profile.h"

namespace bench_profiler {
namespace {

constexpr int64_t kRate = 100;

// As in Go, what is no positive number stands for 1.
double SecondsOf(const Request& request) {
  const std::string text = request.Get("seconds");
  char* end = nullptr;
  const double seconds = std::strtod(text.c_str(), &end);
  const bool is_number = !text.empty() && *end == '\0';
  return is_number && seconds > 0 ? seconds : 1;
}

}  // namespace

void ServeTrace(const Request& request, Response* response) {
  const double seconds = SecondsOf(request);
  if (seconds > kMaxSeconds) return response->Fail(400, kTooLong);
  response->SetFile("trace");
  if (request.is_head) return;
  const Error error = StartStreamProfile(
      TraceStream(), {kRate, 0}, SinkOf(&response->body), &response->body);
  if (error) {
    return response->Fail(
        500, std::string("Could not enable tracing: ") + error.message());
  }
  const bool is_wanted = Wait(request, seconds);
  const Error not_written = StopStreamProfile(TraceStream(), &response->body);
  if (not_written) return response->Fail(500, not_written.message());
  if (!is_wanted || response->body.empty()) response->Fail(500, kCancelled);
}

}  // namespace bench_profiler
