// A server that answers each request with bytes that a test gives, be they HTTP
// or not.
//
//   FakeServer server({"HTTP/1.1 200 OK\r\n\r\nbody"});
//   folder.Run({"top", server.Address() + "/heap"});
//   server.requests();  // {"GET /heap HTTP/1.1..."}
#ifndef BENCH_PROFILER_TESTS_COMMAND_FAKE_SERVER_H_
#define BENCH_PROFILER_TESTS_COMMAND_FAKE_SERVER_H_

#include <string>
#include <thread>
#include <vector>

namespace bench_profiler {

// As an answer: the connection is reset.
inline constexpr char kReset[] = "RESET";

class FakeServer {
 public:
  // One answer for each connection, in turn; then no more are accepted.
  explicit FakeServer(std::vector<std::string> answers);
  ~FakeServer();
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;

  std::string Address() const;  // "127.0.0.1:PORT"
  // What came, with bodies. Waits until all answers are given.
  std::vector<std::string> requests();

 private:
  void Serve();

  const std::vector<std::string> answers_;
  int listener_;
  std::vector<std::string> requests_;
  std::thread thread_;
};

// "HTTP/1.1 STATUS", with the length of the body.
std::string HttpText(const std::string& status, const std::string& body);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_COMMAND_FAKE_SERVER_H_
