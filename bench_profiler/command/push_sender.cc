#include "bench_profiler/command/push_sender.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <thread>
#include <utility>

#include "bench_profiler/command/http_exchange.h"
#include "bench_profiler/command/progress.h"
#include "bench_profiler/command/push_request.h"
#include "bench_profiler/html/base64.h"

namespace bench_profiler {
namespace {

constexpr char kMethod[] = "/push.v1.PusherService/Push";
constexpr double kFirstPause = 0.25;  // seconds; doubled each time
constexpr double kLongestPause = 16;

// The value of an environment variable, "" if there is none. It may be a
// secret, and is in no message.
Outcome ReadVariable(const char* name, std::string* value) {
  const char* text = std::getenv(name);
  if (text == nullptr) return {};
  *value = text;
  for (const char c : *value) {
    // The end of a line would begin another header.
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') {
      return WrongUse(std::string(name) + ": it has a control character");
    }
  }
  return {};
}

// Whether the server may take later what it did not take now.
bool MayPass(int status) {
  constexpr int kTooMany = 429;
  constexpr int kNotImplemented = 501;
  return status == kTooMany || (status >= 500 && status != kNotImplemented);
}

// What is wrong with a profile, and not with the server or its address.
bool IsAboutProfile(int status) {
  constexpr int kBad = 400, kTooLarge = 413, kUnprocessable = 422;
  return status == kBad || status == kTooLarge || status == kUnprocessable;
}

// Seconds that the server asks for, 0 if it does not.
double RetryAfter(const HttpResponse& response) {
  const std::string& text = response.retry_after;
  unsigned seconds = 0;
  const auto end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, seconds);
  return result.ec == std::errc() && result.ptr == end ? seconds : 0;
}

void Wait(double seconds, Progress* progress) {
  const double end = progress->elapsed_seconds() + seconds;
  while (progress->elapsed_seconds() < end) {
    progress->Update();
    const double left = end - progress->elapsed_seconds();
    std::this_thread::sleep_for(
        std::chrono::duration<double>(std::clamp(left, 0.0, 0.2)));
  }
}

}  // namespace

PushSender::PushSender(Url url, int seconds)
    : url_(std::move(url)),
      seconds_(seconds),
      headers_({"Content-Type: application/json", "Content-Encoding: gzip"}) {}

Outcome PushSender::ReadEnvironment() {
  std::string tenant, user, token;
  Outcome outcome = ReadVariable("BENCH_PROFILER_PUSH_TENANT", &tenant);
  if (outcome.ok()) outcome = ReadVariable("BENCH_PROFILER_PUSH_USER", &user);
  if (outcome.ok()) outcome = ReadVariable("BENCH_PROFILER_PUSH_TOKEN", &token);
  if (!tenant.empty()) headers_.push_back("X-Scope-OrgID: " + tenant);
  if (!user.empty()) {
    headers_.push_back("Authorization: Basic " + Base64(user + ":" + token));
  } else if (!token.empty()) {
    headers_.push_back("Authorization: Bearer " + token);
  }
  return outcome;
}

PushSender::Result PushSender::Send(const std::string& body,
                                    std::string* error) const {
  const HttpRequest request = {"POST", headers_, body};
  Progress progress(url_.Shown(), 0);
  for (double pause = kFirstPause;;
       pause = std::min(2 * pause, kLongestPause)) {
    HttpResponse response;
    const HttpResult result =
        Exchange(url_, request, seconds_, &progress, &response, error);
    if (result == HttpResult::kImpossible) return Result::kFailed;
    double wait = pause;
    if (result == HttpResult::kAnswered) {
      if (response.status == 200) return Result::kSent;
      *error = url_.Shown() + ": " + RefusalOf(response);
      if (!MayPass(response.status)) {
        return IsAboutProfile(response.status) ? Result::kRefused
                                               : Result::kFailed;
      }
      wait = std::max(wait, RetryAfter(response));
    }
    // Waiting for nothing helps nobody.
    if (progress.elapsed_seconds() + wait >= seconds_) return Result::kFailed;
    std::fprintf(stderr, "bench_profiler push: %s; again in %.3g s\n",
                 error->c_str(), wait);
    Wait(wait, &progress);
  }
}

bool ParsePushUrl(const std::string& text, Url* url) {
  const bool has_scheme = text.find("://") != std::string::npos;
  if (!ParseUrl(has_scheme ? text : "http://" + text, url)) return false;
  std::string path = url->target.substr(0, url->target.find('?'));
  const std::string query = url->target.substr(path.size());
  while (!path.empty() && path.back() == '/') path.pop_back();
  const std::string_view method = kMethod;
  const bool has_method =
      path.size() >= method.size() &&
      path.compare(path.size() - method.size(), method.size(), method) == 0;
  if (!has_method) path += method;
  url->target = path + query;
  return true;
}

}  // namespace bench_profiler
