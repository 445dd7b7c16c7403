#include "bench_profiler/command/url.h"

#include <cctype>
#include <cstddef>
#include <cstdlib>

namespace bench_profiler {
namespace {

constexpr char kCpuProfile[] = "/debug/pprof/profile";
constexpr int kDefaultSeconds = 30;  // of all servers of /debug/pprof/
constexpr char kSeconds[] = "seconds=";

bool IsNumber(const std::string& text) {
  if (text.empty() || text.size() > 5) return false;
  for (const char c : text) {
    if (std::isdigit(static_cast<unsigned char>(c)) == 0) return false;
  }
  return true;
}

bool StartsWith(const std::string& text, const std::string& prefix) {
  return text.compare(0, prefix.size(), prefix) == 0;
}

// Splits host:port, [::1]:port or host. Returns false if it is neither.
bool SplitHost(const std::string& text, Url* url) {
  size_t end = 0;
  if (StartsWith(text, "[")) {
    end = text.find(']');
    if (end == std::string::npos) return false;
    url->host = text.substr(1, end - 1);
    ++end;
  } else {
    end = text.find(':');
    url->host = text.substr(0, end);
    if (end == std::string::npos) end = text.size();
  }
  if (url->host.empty()) return false;
  if (end == text.size()) {
    url->port = url->scheme == "https" ? "443" : "80";
    return true;
  }
  url->port = text.substr(end + 1);
  return text[end] == ':' && IsNumber(url->port);
}

// The place of "seconds=" in the query, or npos.
size_t FindSeconds(const std::string& target) {
  for (size_t at = target.find('?'); at != std::string::npos;
       at = target.find('&', at + 1)) {
    if (target.compare(at + 1, sizeof(kSeconds) - 1, kSeconds) == 0) {
      return at + 1;
    }
  }
  return std::string::npos;
}

void SetSeconds(int seconds, std::string* target) {
  const std::string text = kSeconds + std::to_string(seconds);
  const size_t at = FindSeconds(*target);
  if (at != std::string::npos) {
    const size_t end = target->find('&', at);
    target->replace(at, end == std::string::npos ? end : end - at, text);
  } else {
    *target += (target->find('?') == std::string::npos ? "?" : "&") + text;
  }
}

}  // namespace

bool IsUrl(const std::string& source) {
  if (source.find("://") != std::string::npos) return true;
  // host:port, and nothing that looks like a path before it.
  Url url;
  const std::string authority = source.substr(0, source.find_first_of("/?"));
  return authority.find(':') != std::string::npos && SplitHost(authority, &url);
}

bool ParseUrl(const std::string& text, Url* url) {
  const size_t colon = text.find("://");
  if (colon == std::string::npos) return false;
  url->scheme = text.substr(0, colon);
  if (url->scheme != "http" && url->scheme != "https") return false;
  const size_t start = colon + 3;
  const size_t end = text.find_first_of("/?#", start);
  url->authority =
      text.substr(start, end == std::string::npos ? end : end - start);
  url->target = end == std::string::npos ? "" : text.substr(end);
  url->target = url->target.substr(0, url->target.find('#'));
  if (url->target.empty() || url->target[0] != '/') {
    url->target = "/" + url->target;
  }
  // A control character or a blank would end the line of the request.
  for (const char c : text) {
    if (static_cast<unsigned char>(c) <= ' ') return false;
  }
  return SplitHost(url->authority.substr(url->authority.rfind('@') + 1), url);
}

bool ParseProfileUrl(const std::string& source, int seconds, Url* url) {
  const bool has_scheme = source.find("://") != std::string::npos;
  if (!ParseUrl(has_scheme ? source : "http://" + source, url)) return false;
  const size_t path_end = url->target.find('?');
  if (url->target.substr(0, path_end) == "/") {
    url->target.replace(0, 1, kCpuProfile);
    if (seconds <= 0 && FindSeconds(url->target) == std::string::npos) {
      seconds = kDefaultSeconds;
    }
  }
  if (seconds > 0) SetSeconds(seconds, &url->target);
  const size_t at = FindSeconds(url->target);
  if (at != std::string::npos) {
    url->seconds = std::atoi(url->target.c_str() + at + sizeof(kSeconds) - 1);
  } else if (url->target.substr(0, url->target.find('?')) == kCpuProfile) {
    url->seconds = kDefaultSeconds;
  }
  return true;
}

}  // namespace bench_profiler
