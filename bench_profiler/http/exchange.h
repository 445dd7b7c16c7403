// A request while it is being served, and the response that it gets.
//
//   void ServeCommandLine(const Request& request, Response* response) {
//     response->SetType(kText);
//     response->body = ...;
//   }
#ifndef BENCH_PROFILER_HTTP_EXCHANGE_H_
#define BENCH_PROFILER_HTTP_EXCHANGE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench_profiler/http.h"
#include "bench_profiler/http/query.h"
#include "bench_profiler/sink.h"

namespace bench_profiler {

struct Request {
  // Only the head of the response is wanted: nothing should take long.
  bool is_head = false;
  bool is_post = false;
  std::string profile;  // which one is asked for: "heap"
  std::string_view raw_query;
  std::string_view body;
  const pprof::internal::PlainHttpCaller* caller = nullptr;

  std::string Get(std::string_view parameter) const {
    return Query(raw_query).Get(parameter);
  }
  bool IsCancelled() const {
    return caller->cancelled != nullptr && caller->cancelled(caller->caller);
  }
};

inline constexpr char kText[] = "text/plain; charset=utf-8";
inline constexpr char kHtml[] = "text/html; charset=utf-8";
inline constexpr char kBinary[] = "application/octet-stream";

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  void SetType(const char* type) { Set("Content-Type", type); }

  // A profile that browsers store as `name`.
  void SetFile(std::string_view name);

  void Set(const std::string& header, const std::string& value);

  // Becomes an error, whose text `go tool pprof` shows to the user.
  void Fail(int error_status, const std::string& text);
};

// Answers with an error, without any memory. `line` ends with a line feed.
void Refuse(const pprof::internal::PlainHttpCaller& caller, int status,
            std::string_view line);

// Waits for so many seconds. Returns false if the request was cancelled first.
bool Wait(const Request& request, double seconds);

// Appends what is written to `body`, which must live until then.
pprof::internal::PlainSink SinkOf(std::string* body);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTTP_EXCHANGE_H_
