#include "bench_profiler/http/response_head.h"

#include <time.h>

#include <algorithm>
#include <cstdio>
#include <string_view>

namespace bench_profiler {
namespace {

using pprof::internal::PlainText;

const char* Reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 400:
      return "Bad Request";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 411:
      return "Length Required";
    case 413:
      return "Content Too Large";
    case 417:
      return "Expectation Failed";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "";
  }
}

// "Sun, 06 Nov 1994 08:49:37 GMT". Not by strftime(3), which knows the
// program's locale.
std::string Date() {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed",
                                          "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr",
                                            "May", "Jun", "Jul", "Aug",
                                            "Sep", "Oct", "Nov", "Dec"};
  const time_t now = time(nullptr);
  tm utc = {};
  gmtime_r(&now, &utc);
  char text[64];
  std::snprintf(text, sizeof(text), "%s, %02d %s %d %02d:%02d:%02d GMT",
                kDays[utc.tm_wday], utc.tm_mday, kMonths[utc.tm_mon],
                utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
  return text;
}

std::string_view View(const PlainText& text) { return {text.data, text.size}; }

bool IsPlain(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < ' ' || byte == 0x7f;
  });
}

void AddField(std::string_view name, std::string_view value,
              std::string* head) {
  if (!IsPlain(name) || !IsPlain(value)) return;
  head->append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string ResponseHead(const pprof::internal::PlainHttpResponse& response,
                         bool has_body) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " " +
                     Reason(response.status) + "\r\n";
  for (size_t i = 0; i < response.num_headers; ++i) {
    AddField(View(response.headers[i].name), View(response.headers[i].value),
             &head);
  }
  if (has_body) {
    AddField("Content-Length", std::to_string(response.body.size), &head);
  }
  AddField("Date", Date(), &head);
  AddField("Connection", "close", &head);
  return head + "\r\n";
}

}  // namespace bench_profiler
