// Profiles in a server that is made with Boost.Beast, whichever version a
// program has.
//
//   #include "bench_profiler/beast.h"    // link bench_profiler::pprof
//   namespace pprof = bench_profiler::pprof;
//
//   // In a server with a thread for each connection, where the target begins
//   // with "/debug/pprof":
//   http::write(socket, pprof::ServeBeast(request, [&socket] {
//     return pprof::IsConnectionClosed(socket.native_handle());
//   }));
//
//   // In an asynchronous one:
//   pprof::AsyncServeBeast(stream_, request_,
//       [self = shared_from_this()](pprof::BeastResponse response) {
//         self->Write(std::move(response));
//       });
//
// then: go tool pprof http://localhost:8080/debug/pprof/profile?seconds=5
//
// Whoever can reach the server can take profiles: let it listen to localhost
// only, or see who asks first.
#ifndef BENCH_PROFILER_BEAST_H_
#define BENCH_PROFILER_BEAST_H_

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/socket_base.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/verb.hpp>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "bench_profiler/http.h"
#include "bench_profiler/http_connection.h"

namespace bench_profiler {
namespace pprof {

using BeastResponse =
    boost::beast::http::response<boost::beast::http::string_body>;

namespace internal {

template <class Fields>
HttpRequest FromBeast(
    const boost::beast::http::request<boost::beast::http::string_body, Fields>&
        request) {
  const std::string target(request.target().data(), request.target().size());
  const size_t question = target.find('?');
  HttpRequest result;
  result.method.assign(request.method_string().data(),
                       request.method_string().size());
  result.path = target.substr(0, question);
  if (question != std::string::npos) result.query = target.substr(question + 1);
  result.body = request.body();
  return result;
}

// What an answer needs to know of its request.
struct BeastAnswerForm {
  unsigned version;
  bool keep_alive;
  bool is_head;
};

template <class Request>
BeastAnswerForm FormFor(const Request& request) {
  return {request.version(), request.keep_alive(),
          request.method() == boost::beast::http::verb::head};
}

inline BeastResponse ToBeast(HttpResponse response,
                             const BeastAnswerForm& form) {
  BeastResponse result;
  result.version(form.version);
  result.result(static_cast<unsigned>(response.status));
  for (const HttpHeader& header : response.headers) {
    result.set(header.name, header.value);
  }
  result.keep_alive(form.keep_alive);
  result.body() = std::move(response.body);
  // Of a HEAD, nobody knows the length.
  if (!form.is_head) result.prepare_payload();
  return result;
}

// The socket of a stream's lowest layer: of a tcp_stream, or the layer itself.
template <class Layer>
auto SocketOf(Layer& layer, int) -> decltype(layer.socket()) {
  return layer.socket();
}
template <class Layer>
Layer& SocketOf(Layer& layer, long) {
  return layer;
}

// What the threads that work on a request of AsyncServeBeast share.
template <class Handler>
struct BeastExchange {
  explicit BeastExchange(Handler&& its_handler)
      : handler(std::move(its_handler)) {}

  Handler handler;
  std::atomic<bool> is_closed{false};  // by the client, or the server itself
  bool is_done = false;                // `handler` was called
};

}  // namespace internal

// Answers a request for what is below /debug/pprof/, /debug/fgprof or /pprof/.
// What is before that in the target does not count. Takes as long as the
// request asks for, or until `cancelled`, which is asked ten times a second.
template <class Fields>
BeastResponse ServeBeast(const boost::beast::http::request<
                             boost::beast::http::string_body, Fields>& request,
                         std::function<bool()> cancelled = nullptr) {
  HttpRequest plain = internal::FromBeast(request);
  plain.cancelled = std::move(cancelled);
  return internal::ToBeast(Serve(plain), internal::FormFor(request));
}

// The same without waiting: calls `handler` with the response, later and by the
// executor of `stream`, which is the request's connection. The profile ends as
// soon as the client goes away, or the program closes the connection; `handler`
// is called then, too.
//
// Until `handler` is called, `stream` has to live, and nothing may be read from
// it. Its executor must not run two handlers at once: it is a strand, or only
// one thread runs the io_context, as for all sessions of Beast.
template <class Stream, class Fields, class Handler>
void AsyncServeBeast(
    Stream& stream,
    const boost::beast::http::request<boost::beast::http::string_body, Fields>&
        request,
    Handler handler) {
  namespace asio = boost::asio;
  auto& socket = internal::SocketOf(boost::beast::get_lowest_layer(stream), 0);
  const auto exchange =
      std::make_shared<internal::BeastExchange<Handler>>(std::move(handler));
  socket.async_wait(asio::socket_base::wait_read,
                    [exchange, &socket](const auto& error) {
                      if (exchange->is_done) return;  // `socket` may be gone
                      if (error || IsConnectionClosed(socket.native_handle())) {
                        exchange->is_closed = true;
                      }
                    });

  HttpRequest plain = internal::FromBeast(request);
  plain.cancelled = [exchange] { return exchange->is_closed.load(); };
  const internal::BeastAnswerForm form = internal::FormFor(request);
  // The executor must not run out of work before the response is there.
  auto work = asio::make_work_guard(socket.get_executor());
  ServeAsync(std::move(plain), [exchange, form, work](HttpResponse response) {
    auto answer = std::make_shared<BeastResponse>(
        internal::ToBeast(std::move(response), form));
    asio::post(work.get_executor(), [exchange, answer] {
      exchange->is_done = true;
      exchange->handler(std::move(*answer));
    });
  });
}

}  // namespace pprof
}  // namespace bench_profiler

#endif  // BENCH_PROFILER_BEAST_H_
