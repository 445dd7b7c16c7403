// The server in front of requests that a test makes up.
//
//   TEST_F(HttpServerTest, Answers) {
//     EXPECT_EQ(Get(port(), "/a?b").body, "GET /a b ");
//   }
#ifndef BENCH_PROFILER_TESTS_HTTP_MADE_UP_REQUESTS_H_
#define BENCH_PROFILER_TESTS_HTTP_MADE_UP_REQUESTS_H_

#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <new>
#include <string>
#include <thread>

#include "bench_profiler/http/http_server.h"
#include "bench_profiler/platform/own_threads.h"
#include "bench_profiler/platform/thread_events.h"
#include "tests/support/http_client.h"

namespace bench_profiler {

using pprof::internal::PlainHttpCaller;
using pprof::internal::PlainHttpHeader;
using pprof::internal::PlainHttpRequest;
using pprof::internal::PlainHttpResponse;
using pprof::internal::PlainText;

inline std::string Text(const PlainText& text) {
  return {text.data, text.size};
}
inline PlainText Plain(const std::string& text) {
  return {text.data(), text.size()};
}

inline std::atomic<int> serving{0};  // requests at this moment
inline std::atomic<int> most_serving{0};
inline std::atomic<int> cancelled{0};
inline std::atomic<bool> is_released{true};

inline void Pause() {
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

// Waits until `condition` holds; not for ever.
template <class Condition>
bool Eventually(Condition condition) {
  for (int i = 0; i < 60000; ++i) {
    if (condition()) return true;
    Pause();
  }
  return false;
}

inline void Answer(const PlainHttpCaller& caller, const std::string& body) {
  const std::string broken = "a\r\nEvil: field";
  const std::string type = "text/plain";
  const std::string names[] = {"Content-Type", "Broken"};
  const PlainHttpHeader headers[] = {{Plain(names[0]), Plain(type)},
                                     {Plain(names[1]), Plain(broken)}};
  PlainHttpResponse response;
  response.status = 200;
  response.headers = headers;
  response.num_headers = 2;
  response.body = Plain(body);
  caller.answer(caller.caller, response);
}

// /waits: until it is cancelled. /held: until is_released. /forks. /throws.
// /large.
// /thread: whether it is the profiler's own, and handles no signals. Others:
// what was asked.
inline void Serve(const PlainHttpRequest& request,
                  const PlainHttpCaller& caller) {
  const std::string path = Text(request.path);
  const int now = ++serving;
  int most = most_serving.load();
  while (most < now && !most_serving.compare_exchange_weak(most, now)) {
  }
  std::string body = Text(request.method) + " " + path + " " +
                     Text(request.query) + " " + Text(request.body);
  if (path == "/waits") {
    while (!caller.cancelled(caller.caller)) Pause();
    ++cancelled;
  } else if (path == "/held") {
    while (!is_released.load()) Pause();
  } else if (path == "/forks") {
    const pid_t child = fork();
    if (child == 0) _exit(0);
    waitpid(child, nullptr, 0);
  } else if (path == "/throws") {
    --serving;
    throw std::bad_alloc();
  } else if (path == "/large") {
    body.assign(size_t{16} << 20, 'x');
  } else if (path == "/thread") {
    sigset_t blocked;
    pthread_sigmask(SIG_BLOCK, nullptr, &blocked);
    body = IsOwnThread(CurrentThreadId()) &&
                   sigismember(&blocked, SIGTERM) == 1 &&
                   sigismember(&blocked, SIGPROF) == 1
               ? "own"
               : "the program's";
  }
  --serving;
  Answer(caller, body);
}

class HttpServerTest : public testing::Test {
 protected:
  explicit HttpServerTest(const std::string& address = "localhost:0") {
    error_ = Start(address, &server_);
    EXPECT_FALSE(error_) << error_.message();
  }
  ~HttpServerTest() override { StopServer(server_.number); }

  static Error Start(const std::string& text, RunningServer* server) {
    HttpAddress address;
    const Error error = ParseHttpAddress(text, &address);
    return error ? error : StartServer(address, Serve, server);
  }

  HttpAnswer Ask(const std::string& bytes) {
    HttpClient client(port());
    client.Send(bytes);
    return client.Receive();
  }

  int port() const { return server_.address.port(); }

  RunningServer server_;
  Error error_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_HTTP_MADE_UP_REQUESTS_H_
