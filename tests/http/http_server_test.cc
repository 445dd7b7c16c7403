// What the server does for clients that do as they should.
#include <vector>

#include "tests/http/made_up_requests.h"

namespace bench_profiler {
namespace {

TEST_F(HttpServerTest, Answers) {
  const HttpAnswer answer = Get(port(), "/a%20b?c=d");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "GET /a%20b c=d ");
  EXPECT_EQ(answer.Field("Content-Type"), "text/plain");
  EXPECT_EQ(answer.Field("Content-Length"), std::to_string(15));
  EXPECT_EQ(answer.Field("Connection"), "close");
  EXPECT_EQ(answer.Field("Date").substr(25), " GMT");
  EXPECT_EQ(answer.all.find("Evil"), std::string::npos);
  EXPECT_EQ(Get(port(), "/").Field("Location"), "/debug/pprof/");
  EXPECT_EQ(Get(port(), "/thread").body, "own");
  EXPECT_EQ(Get(port(), "/forks").body, "GET /forks  ");
  EXPECT_EQ(Get(port(), "/throws").status, 500);
  EXPECT_EQ(Get(port(), "/large").body.size(), size_t{16} << 20);
  const HttpAnswer head = Get(port(), "/x", "HEAD");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(head.Field("Content-Length"), "");
}

TEST_F(HttpServerTest, TakesABody) {
  const std::string head =
      "POST /s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n";
  EXPECT_EQ(Ask(head + "\r\n0x1").body, "POST /s  0x1");
  EXPECT_EQ(Ask(head + "\r\n0x1GET /next").body, "POST /s  0x1");
  HttpClient client(port());
  client.Send(head + "Expect: 100-continue\r\n\r\n");
  EXPECT_TRUE(Eventually([&] { return client.HasNews(); }));
  client.Send("0");
  client.Send("x1");
  const HttpAnswer answer = client.Receive();
  EXPECT_EQ(answer.all.find("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK"),
            0u);
  EXPECT_EQ(answer.body, "POST /s  0x1");
  const std::string large(size_t{1} << 20, 'y');
  const std::string start = "POST /s HTTP/1.1\r\nHost: [::1]:1\r\n";
  EXPECT_EQ(Ask(start + "Content-Length: 1048576\r\n\r\n" + large).body,
            "POST /s  " + large);
  EXPECT_EQ(Ask(start + "Content-Length: 1048577\r\n\r\n" + large).status, 413);
}

TEST_F(HttpServerTest, OtherNamesOfThisMachineAreRefused) {
  for (const std::string host : {"evil.com", "evil.com:80", "0.0.0.0"}) {
    const HttpAnswer answer =
        Ask("GET /x HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    EXPECT_EQ(answer.status, 403) << host;
    EXPECT_EQ(answer.body,
              "the field Host names another host than localhost\n");
    EXPECT_EQ(answer.Field("X-Content-Type-Options"), "nosniff");
  }
  EXPECT_EQ(
      Ask("GET http://evil.com/ HTTP/1.1\r\nHost: localhost\r\n\r\n").status,
      403);
  EXPECT_EQ(Ask("GET /x HTTP/1.0\r\n\r\n").status, 200);
  EXPECT_EQ(Ask("GET /x HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n").status, 200);
}

class PublicHttpServerTest : public HttpServerTest {
 protected:
  PublicHttpServerTest() : HttpServerTest("0.0.0.0:0") {}
};

TEST_F(PublicHttpServerTest, HasAnyName) {
  EXPECT_EQ(Ask("GET /x HTTP/1.1\r\nHost: example.com\r\n\r\n").status, 200);
}

TEST_F(HttpServerTest, TwoOnOnePort) {
  RunningServer second;
  const std::string address = "127.0.0.1:" + std::to_string(port());
  const Error error = Start(address, &second);
  EXPECT_EQ(std::string(error.message()),
            "cannot serve profiles at " + address + ": Address already in use");
  EXPECT_EQ(second.number, 0);
  EXPECT_EQ(Get(port(), "/x").status, 200);
  StopServer(second.number);
  StopServer(server_.number);
  EXPECT_FALSE(HttpClient(port()).is_connected());
  // Connections that have just ended are in nobody's way.
  const Error again = Start(address, &server_);
  EXPECT_FALSE(again) << again.message();
  EXPECT_EQ(Get(port(), "/x").status, 200);
}

TEST(HttpServer, ThereMayBeEight) {
  HttpAddress address;
  ASSERT_FALSE(ParseHttpAddress("0", &address));
  std::vector<RunningServer> servers(9);
  for (size_t i = 0; i < 8; ++i) {
    EXPECT_FALSE(StartServer(address, Serve, &servers[i]));
  }
  EXPECT_TRUE(StartServer(address, Serve, &servers[8]));
  for (const RunningServer& server : servers) StopServer(server.number);
  EXPECT_FALSE(StartServer(address, Serve, &servers[8]));
  StopServer(servers[8].number);
}

}  // namespace
}  // namespace bench_profiler
