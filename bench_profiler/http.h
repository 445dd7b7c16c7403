// Profiles over HTTP, as Go's net/http/pprof serves them.
//
//   #include "bench_profiler/http.h"   // link bench_profiler::pprof
//   namespace pprof = bench_profiler::pprof;
//
//   pprof::HttpServer server("localhost:8080");   // a server of its own
//   if (server.error()) std::fprintf(stderr, "%s\n", server.error().message());
//
//   pprof::HttpRequest request;         // in a handler of the program's server
//   request.path = "/debug/pprof/heap";
//   const pprof::HttpResponse response = pprof::Serve(request);
//
// HttpServer is for programs without a server. Serve knows none: a program
// hands over whatever comes in below /debug/pprof/, /debug/fgprof or /pprof/,
// and sends back the response. Nothing is served unless a program does so. From
// then on
//
//   go tool pprof http://localhost:8080/debug/pprof/profile?seconds=5
//
// works, and http://localhost:8080/debug/pprof/ tells in a browser what there
// is. Everything here may be called from any thread, also from several at a
// time, but not from signal handlers.
#ifndef BENCH_PROFILER_HTTP_H_
#define BENCH_PROFILER_HTTP_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/error.h"
#include "bench_profiler/pprof.h"
#include "bench_profiler/visibility.h"

namespace bench_profiler {
namespace pprof {

struct HttpRequest {
  std::string method = "GET";
  // Of the URL, up to '?', as it came: with "%20" for a space. What stands
  // before /debug/pprof/ does not count.
  std::string path;
  // Of the URL, behind '?', as it came: "seconds=5&debug=1".
  std::string query;
  std::string body;
  // Returns whether nobody waits for the answer any more. It is asked ten times
  // a second, from the thread that serves; then the request ends, and so does
  // its profile. May be empty.
  std::function<bool()> cancelled;
};

struct HttpHeader {
  std::string name;
  std::string value;
};

struct HttpResponse {
  int status = 200;
  std::vector<HttpHeader> headers;  // with Content-Type, no Content-Length
  std::string body;                 // "" if the request was a HEAD
};

namespace internal {

// What is passed to and from the library, as plain data: the program may have
// another standard library.
struct PlainText {
  const char* data = "";
  size_t size = 0;
};

struct PlainHttpRequest {
  PlainText method;
  PlainText path;
  PlainText query;
  PlainText body;
};

struct PlainHttpHeader {
  PlainText name;
  PlainText value;
};

struct PlainHttpResponse {
  int status = 0;
  const PlainHttpHeader* headers = nullptr;
  size_t num_headers = 0;
  PlainText body;
};

// Who asks. The functions get `caller` and must not throw.
struct PlainHttpCaller {
  void* caller = nullptr;
  bool (*cancelled)(void* caller) = nullptr;
  // Called once, with what is gone when it returns.
  void (*answer)(void* caller, const PlainHttpResponse& response) = nullptr;
};

struct HttpServerData {
  int64_t number = 0;  // 0: it does not run
  int port = 0;
  char address[64] = "";  // in a URL
};

BENCH_PROFILER_EXPORT Error StartHttpServer(const char* address,
                                            HttpServerData* server);
BENCH_PROFILER_EXPORT void StopHttpServer(const HttpServerData& server);

BENCH_PROFILER_EXPORT void Serve(const PlainHttpRequest& request,
                                 const PlainHttpCaller& caller);
// `request` must stay as it is until the answer.
BENCH_PROFILER_EXPORT void ServeAsync(const PlainHttpRequest& request,
                                      const PlainHttpCaller& caller);

// A request while it is being served.
class HttpCall {
 public:
  explicit HttpCall(const HttpRequest& request) : request_(request) {}

  PlainHttpRequest Plain() const {
    return {Text(request_.method), Text(request_.path), Text(request_.query),
            Text(request_.body)};
  }
  bool IsCancelled() const noexcept {
    return request_.cancelled && request_.cancelled();
  }
  void SetResponse(const PlainHttpResponse& plain) {
#if defined(__cpp_exceptions)
    try {
      Copy(plain);
    } catch (...) {  // no memory left
      response_ = HttpResponse();
      response_.status = 500;
    }
#else
    Copy(plain);
#endif
  }
  HttpResponse Take() { return std::move(response_); }

 private:
  void Copy(const PlainHttpResponse& plain) {
    response_.status = plain.status;
    for (size_t i = 0; i < plain.num_headers; ++i) {
      response_.headers.push_back(
          {String(plain.headers[i].name), String(plain.headers[i].value)});
    }
    response_.body = String(plain.body);
  }
  static PlainText Text(const std::string& text) {
    return {text.data(), text.size()};
  }
  static std::string String(const PlainText& text) {
    return std::string(text.data, text.size);
  }

  const HttpRequest& request_;
  HttpResponse response_;
};

// The same on another thread, which owns it.
struct AsyncHttpCall {
  AsyncHttpCall(HttpRequest its_request,
                std::function<void(HttpResponse)> its_done)
      : request(std::move(its_request)),
        done(std::move(its_done)),
        call(request) {}

  const HttpRequest request;
  const std::function<void(HttpResponse)> done;
  HttpCall call;
};

}  // namespace internal

// Answers a request. This takes as long as the request asks for: half a minute
// for /debug/pprof/profile without ?seconds. `request.cancelled` must not
// throw.
inline HttpResponse Serve(const HttpRequest& request) {
  using internal::HttpCall;
  HttpCall call(request);
  internal::PlainHttpCaller caller;
  caller.caller = &call;
  caller.cancelled = [](void* self) {
    return static_cast<HttpCall*>(self)->IsCancelled();
  };
  caller.answer = [](void* self,
                     const internal::PlainHttpResponse& response) noexcept {
    static_cast<HttpCall*>(self)->SetResponse(response);
  };
  internal::Serve(call.Plain(), caller);
  return call.Take();
}

// The same for programs with an event loop: returns at once, and a thread of
// the profiler's own, which no profile shows, answers and calls `done`, which
// must not throw. It handles no signals.
inline void ServeAsync(HttpRequest request,
                       std::function<void(HttpResponse)> done) {
  using internal::AsyncHttpCall;
  auto async =
      std::make_unique<AsyncHttpCall>(std::move(request), std::move(done));
  internal::PlainHttpCaller caller;
  caller.caller = async.get();
  caller.cancelled = [](void* self) {
    return static_cast<AsyncHttpCall*>(self)->call.IsCancelled();
  };
  caller.answer = [](void* self,
                     const internal::PlainHttpResponse& response) noexcept {
    const std::unique_ptr<AsyncHttpCall> owned(
        static_cast<AsyncHttpCall*>(self));
    owned->call.SetResponse(response);
    owned->done(owned->call.Take());
  };
  const internal::PlainHttpRequest plain = async->call.Plain();
  static_cast<void>(async.release());  // `answer` takes it
  internal::ServeAsync(plain, caller);
}

// A server of its own, for programs that have none, with threads that no
// profile shows. The address is HOST:PORT, :PORT or PORT. Without a host, or
// with "localhost", only programs on this machine can connect, and only under
// such a name; "0.0.0.0:8080" serves everybody who can reach the machine. Port
// 0 takes one that is free. It serves until the end of its life, or of the
// program's. A forked child has no server.
class HttpServer {
 public:
  explicit HttpServer(const std::string& address)
      : error_(internal::StartHttpServer(address.c_str(), &data_)) {}
  // Ends the requests that are being served.
  ~HttpServer() { internal::StopHttpServer(data_); }
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // Why it does not serve, such as "cannot serve profiles at 127.0.0.1:8080:
  // Address already in use".
  const Error& error() const { return error_; }

  // The one that was taken, or 0 if there is an error.
  int port() const { return data_.port; }

 private:
  internal::HttpServerData data_;
  const Error error_;
};

}  // namespace pprof
}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTTP_H_
