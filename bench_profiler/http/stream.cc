// Profiles over a time: of the CPU, and of all threads.
#include <algorithm>
#include <cinttypes>
#include <cstring>

#include "bench_profiler/collectors/kind.h"
#include "bench_profiler/http/handlers.h"
#include "bench_profiler/http/limits.h"
#include "bench_profiler/pprof/stream_profile.h"

namespace bench_profiler {
namespace {

constexpr int64_t kUsualSeconds = 30;
constexpr int64_t kUsualRate = 100;

// Sets the options from ?hertz and ?clock. Returns "", or why they make no
// sense.
std::string ReadOptions(const Request& request, const Kind& kind,
                        CollectorOptions* options) {
  options->rate = kUsualRate;
  const std::string hertz = request.Get("hertz");
  if (!hertz.empty()) {
    options->rate = ParseInt(hertz).value_or(0);
    if (options->rate < kind.min_rate || options->rate > kind.max_rate) {
      return "invalid value for \"hertz\" - must be from " +
             std::to_string(kind.min_rate) + " to " +
             std::to_string(kind.max_rate);
    }
  }
  const std::string clock = request.Get("clock");
  if (clock.empty() || kind.choice.flag == nullptr) return "";
  if (clock == "thread") return "";
  if (clock == "instructions") {
    options->choice = 2;
  } else if (clock == "task" || clock == "task-clock") {
    options->choice = 1;
  } else {
    return "invalid value for \"clock\" - must be thread, task or instructions";
  }
  return "";
}

// As in Go, what is no positive number stands for 30.
int64_t SecondsOf(const Request& request) {
  const int64_t seconds = ParseInt(request.Get("seconds")).value_or(0);
  return seconds > 0 ? seconds : kUsualSeconds;
}

}  // namespace

void ServeStream(const Request& request, Response* response) {
  const bool is_cpu = request.profile == "cpu";
  const StreamProfile& profile =
      is_cpu ? CpuStreamProfile() : WallStreamProfile();
  const int64_t seconds = SecondsOf(request);
  if (seconds > kMaxSeconds) return response->Fail(400, kTooLong);
  CollectorOptions options;
  const std::string problem =
      ReadOptions(request, Kinds()[profile.kind], &options);
  if (!problem.empty()) return response->Fail(400, problem);
  response->SetFile(is_cpu ? "profile" : "fgprof");
  if (request.is_head) return;
  const Error error = StartStreamProfile(
      profile, options, SinkOf(&response->body), /*owner=*/&response->body);
  if (error) {
    return response->Fail(500, std::string("Could not enable ") +
                                   profile.title +
                                   " profiling: " + error.message());
  }
  const bool is_wanted = Wait(request, static_cast<double>(seconds));
  // Also if nobody waits for it: this ends the profile.
  const Error not_written = StopStreamProfile(profile, &response->body);
  if (not_written) return response->Fail(500, not_written.message());
  if (!is_wanted || response->body.empty()) response->Fail(500, kCancelled);
}

}  // namespace bench_profiler
