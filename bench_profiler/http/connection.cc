#include "bench_profiler/http/connection.h"

#include <string>
#include <string_view>

#include "bench_profiler/http/address.h"
#include "bench_profiler/http/request_parser.h"
#include "bench_profiler/http/response_head.h"
#include "bench_profiler/http/timed_socket.h"

namespace bench_profiler {
namespace {

using pprof::internal::PlainHttpCaller;
using pprof::internal::PlainHttpHeader;
using pprof::internal::PlainHttpRequest;
using pprof::internal::PlainHttpResponse;
using pprof::internal::PlainText;

constexpr int64_t kSecondsToReceive = 5;
constexpr int64_t kSecondsToSend = 60;
constexpr int64_t kSecondsToClose = 1;

PlainText Plain(std::string_view text) { return {text.data(), text.size()}; }

class Connection {
 public:
  Connection(const OwnDescriptor& socket, const ConnectionOptions& options)
      : options_(options), socket_(&socket, options.server) {}

  // May throw std::bad_alloc.
  void Serve() {
    if (!ReceiveHead()) return;
    if (options_.is_loopback && !head_.host.empty() &&
        !IsLoopbackHost(head_.host)) {
      Refuse({403, "the field Host names another host than localhost"});
      return;
    }
    if (!ReceiveBody()) return;
    if (head_.path == "/") return RedirectToIndex();
    PlainHttpRequest request;
    request.method = Plain(head_.method);
    request.path = Plain(head_.path);
    request.query = Plain(head_.query);
    request.body = Plain(body_);
    PlainHttpCaller caller;
    caller.caller = this;
    caller.cancelled = [](void* self) {
      return static_cast<Connection*>(self)->socket_.IsAbandoned();
    };
    caller.answer = [](void* self, const PlainHttpResponse& response) {
      static_cast<Connection*>(self)->Send(response);
    };
    options_.serve(request, caller);
  }

  // Without memory there is an answer, too.
  void SayThatThereIsNoMemory() {
    if (!has_answered_) {
      socket_.Send(
          "HTTP/1.1 500 Internal Server Error\r\n"
          "Content-Type: text/plain; charset=utf-8\r\n"
          "Content-Length: 15\r\nConnection: close\r\n\r\nno memory left\n",
          TimedSocket::After(kSecondsToSend));
    }
  }

  void Finish() {
    if (has_unread_) socket_.Finish(TimedSocket::After(kSecondsToClose));
  }

 private:
  // Returns whether there is a request to go on with. If not, it was refused,
  // or there is nobody to tell.
  bool ReceiveHead() {
    for (;;) {
      const size_t size = socket_.Receive(
          buffer_ + received_, sizeof(buffer_) - received_, deadline_);
      if (size == 0) return Late();
      received_ += size;
      Refusal refusal;
      const HeadState state =
          ParseRequestHead({buffer_, received_}, &head_, &refusal);
      if (state == HeadState::kComplete) return true;
      if (state == HeadState::kRefused) return Refuse(refusal);
    }
  }

  bool ReceiveBody() {
    body_.assign(buffer_ + head_.size, received_ - head_.size);
    has_unread_ = body_.size() > head_.body_size;
    if (body_.size() < head_.body_size && head_.expects_continue) {
      socket_.Send("HTTP/1.1 100 Continue\r\n\r\n", deadline_);
    }
    size_t size = body_.size();
    body_.resize(head_.body_size);  // without what comes behind the body
    while (size < body_.size()) {
      const size_t more =
          socket_.Receive(&body_[size], body_.size() - size, deadline_);
      if (more == 0) return Late();
      size += more;
    }
    return true;
  }

  bool Late() {
    if (received_ == 0 || socket_.IsAbandoned()) return false;
    return Refuse({408, "the request took longer than 5 seconds"});
  }

  // For people who type localhost:8080 only.
  void RedirectToIndex() {
    const PlainHttpHeader location = {Plain("Location"),
                                      Plain("/debug/pprof/")};
    PlainHttpResponse response;
    response.status = 302;
    response.headers = &location;
    response.num_headers = 1;
    Send(response);
  }

  // Returns false.
  bool Refuse(const Refusal& refusal) {
    has_unread_ = true;
    const std::string body = std::string(refusal.why) + "\n";
    const PlainHttpHeader headers[] = {
        {Plain("Content-Type"), Plain("text/plain; charset=utf-8")},
        {Plain("X-Content-Type-Options"), Plain("nosniff")}};
    PlainHttpResponse response;
    response.status = refusal.status;
    response.headers = headers;
    response.num_headers = 2;
    response.body = Plain(body);
    Send(response);
    return false;
  }

  // Called by Serve, which must not get an exception.
  void Send(const PlainHttpResponse& response) noexcept {
    try {
      const bool has_body = head_.method != "HEAD";
      const std::string head = ResponseHead(response, has_body);
      const int64_t deadline = TimedSocket::After(kSecondsToSend);
      has_answered_ = true;
      if (socket_.Send(head, deadline) && has_body) {
        socket_.Send({response.body.data, response.body.size}, deadline);
      }
    } catch (...) {
      SayThatThereIsNoMemory();
      has_answered_ = true;
    }
  }

  const ConnectionOptions& options_;
  TimedSocket socket_;
  const int64_t deadline_ = TimedSocket::After(kSecondsToReceive);
  char buffer_[kMaxHeadSize];
  size_t received_ = 0;
  RequestHead head_;
  std::string body_;
  bool has_answered_ = false;
  // More may have come than was looked at.
  bool has_unread_ = false;
};

}  // namespace

void ServeConnection(const OwnDescriptor& socket,
                     const ConnectionOptions& options) noexcept {
  Connection connection(socket, options);
  try {
    connection.Serve();
  } catch (...) {
    connection.SayThatThereIsNoMemory();
  }
  connection.Finish();
}

}  // namespace bench_profiler
