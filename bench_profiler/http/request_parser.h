// Reads the head of an HTTP request: its first line and its fields.
//
//   RequestHead head;
//   Refusal refusal;
//   switch (ParseRequestHead({buffer, size}, &head, &refusal)) {
//     case HeadState::kIncomplete: ...   // receive more, and parse again
//     case HeadState::kComplete: ...     // head.path, head.query,
//     head.body_size case HeadState::kRefused: ...      // answer
//     refusal.status
//   }
//
// By RFC 9112, HTTP/1.0 and 1.1, and strictly: what another server might
// understand in another way is refused. A line may end with a line feed alone.
// Lines that are folded, NUL and other control characters, white space before a
// colon, and a second Host or Content-Length are refused with 400. A body needs
// a Content-Length: chunks are refused with 411.
#ifndef BENCH_PROFILER_HTTP_REQUEST_PARSER_H_
#define BENCH_PROFILER_HTTP_REQUEST_PARSER_H_

#include <cstddef>
#include <string_view>

namespace bench_profiler {

inline constexpr size_t kMaxHeadSize = size_t{8} << 10;
inline constexpr size_t kMaxBodySize = size_t{1} << 20;

// The texts lie in the bytes that were parsed.
struct RequestHead {
  std::string_view method;
  std::string_view path;   // up to the '?', with its %-escapes; "/" if empty
  std::string_view query;  // behind the '?', as it came
  std::string_view host;   // with the port, "" if there is none
  size_t size = 0;         // of the head, with the empty line at its end
  size_t body_size = 0;
  bool expects_continue = false;  // wants to hear "100 Continue" first
};

// Why a request gets no answer but an error.
struct Refusal {
  int status = 0;
  const char* why = "";
};

enum class HeadState { kIncomplete, kComplete, kRefused };

// Looks at all that was received so far. It need not be complete to be refused.
// Allocates nothing.
HeadState ParseRequestHead(std::string_view bytes, RequestHead* head,
                           Refusal* refusal);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTTP_REQUEST_PARSER_H_
