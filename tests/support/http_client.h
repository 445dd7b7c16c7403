// A client that sends what a test says, be it HTTP or not.
//
//   EXPECT_EQ(Get(port, "/debug/pprof/").status, 200);
//
//   HttpClient client(port);
//   client.Send("GET / HTTP/1.0\r\n\r\n");
//   HttpAnswer answer = client.Receive();
#ifndef BENCH_PROFILER_TESTS_SUPPORT_HTTP_CLIENT_H_
#define BENCH_PROFILER_TESTS_SUPPORT_HTTP_CLIENT_H_

#include <string>

namespace bench_profiler {

struct HttpAnswer {
  // The value of a field, or "" if there is none or several.
  std::string Field(const std::string& name) const;

  int status = 0;    // 0: what came was no HTTP
  std::string head;  // with the line feed before the empty line
  std::string body;
  std::string all;  // what came
};

// Connects to 127.0.0.1.
class HttpClient {
 public:
  explicit HttpClient(int port);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  bool is_connected() const { return is_connected_; }

  // Returns false if the other side is gone.
  bool Send(const std::string& bytes);
  void CloseWriting();
  // Whether something has come, or the other side is gone.
  bool HasNews() const;

  // All that comes until the other side closes the connection. Gives up after a
  // minute in which nothing came.
  HttpAnswer Receive();

 private:
  int fd_;
  bool is_connected_;
};

HttpAnswer Get(int port, const std::string& target,
               const std::string& method = "GET");

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_SUPPORT_HTTP_CLIENT_H_
