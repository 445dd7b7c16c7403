#include "bench_profiler/command/http_client.h"

#include "bench_profiler/command/http_exchange.h"
#include "bench_profiler/command/http_response.h"
#include "bench_profiler/command/progress.h"

namespace bench_profiler {
namespace {

constexpr int kMaxRedirections = 10;

bool IsRedirection(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 ||
         status == 308;
}

// The address that the field Location names, seen from `url`.
bool Redirect(const std::string& location, Url* url) {
  const std::string text = !location.empty() && location[0] == '/'
                               ? url->scheme + "://" + url->authority + location
                               : location;
  Url next;
  if (!ParseUrl(text, &next)) return false;
  next.seconds = url->seconds;
  *url = next;
  return true;
}

bool CheckStatus(const Url& url, const HttpResponse& response,
                 std::string* error) {
  if (response.status == 200) return true;
  std::string line = response.body.substr(0, response.body.find('\n'));
  while (!line.empty() && line.back() == '\r') line.pop_back();
  // A page is no line for a terminal.
  if (line.empty() || line[0] == '<') line.clear();
  *error =
      url.Shown() + ": " + response.reason + (line.empty() ? "" : ": ") + line;
  return false;
}

}  // namespace

bool HttpGet(const Url& url, int timeout, std::string* body,
             std::string* error) {
  Progress progress(url.Shown(), url.seconds);
  Url at = url;
  for (int i = 0; i <= kMaxRedirections; ++i) {
    HttpResponse response;
    if (Exchange(at, HttpRequest(), timeout, &progress, &response, error) !=
        HttpResult::kAnswered) {
      return false;
    }
    if (!IsRedirection(response.status)) {
      *body = response.body;
      return CheckStatus(at, response, error);
    }
    if (!Redirect(response.location, &at)) {
      *error = at.Shown() + ": redirected to " +
               (response.location.empty() ? "nowhere" : response.location);
      return false;
    }
  }
  *error = url.Shown() + ": redirected too often";
  return false;
}

}  // namespace bench_profiler
