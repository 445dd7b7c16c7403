// Clients that do as they should not, and a program that does other things.
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>
#include <random>
#include <vector>

#include "tests/http/forbid_sockets.h"
#include "tests/http/made_up_requests.h"

namespace bench_profiler {
namespace {

class HttpServerBadDays : public HttpServerTest {};

TEST_F(HttpServerBadDays, SurvivesAThousandMalformedRequests) {
  const std::string good =
      "POST /debug/pprof/symbol?x=y HTTP/1.1\r\nHost: localhost:8080\r\n"
      "Content-Length: 8\r\nExpect: 100-continue\r\n\r\n0x401234";
  std::mt19937 random(1);
  const auto below = [&random](size_t limit) { return random() % limit; };
  for (int i = 0; i < 1000; ++i) {
    std::string bad = good;
    for (size_t changes = 1 + below(4); changes > 0 && !bad.empty();
         --changes) {
      const size_t at = below(bad.size());
      switch (below(5)) {
        case 0:
          bad[at] = static_cast<char>(below(256));
          break;
        case 1:
          bad.erase(at, 1 + below(8));
          break;
        case 2:
          bad.insert(at, 1 + below(8), "\r\n\0 :%"[below(6)]);
          break;
        case 3:
          bad.resize(at);
          break;
        default:
          bad.insert(at, bad.substr(below(bad.size())));
          break;
      }
    }
    HttpClient client(port());
    client.Send(bad);
    client.CloseWriting();
    const HttpAnswer answer = client.Receive();
    EXPECT_TRUE(answer.status >= 200 || answer.all.empty() ||
                answer.all == "HTTP/1.1 100 Continue\r\n\r\n")
        << bad;
  }
  EXPECT_EQ(Get(port(), "/x").status, 200);
}

TEST_F(HttpServerBadDays, ASlowClientIsCutOff) {
  HttpClient client(port());
  HttpClient silent(port());
  // A byte now and then, for a minute, which nobody waits for.
  client.Send("GET /");
  for (int i = 0; i < 600 && !client.HasNews(); ++i) {
    client.Send("a");
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_EQ(client.Receive().status, 408);
  EXPECT_EQ(silent.Receive().all, "");
}

TEST_F(HttpServerBadDays, SixteenAtATimeAndTheOthersWait) {
  most_serving = 0;
  is_released = false;
  constexpr size_t kClients = 200;
  std::vector<std::unique_ptr<HttpClient>> clients;
  for (size_t i = 0; i < kClients; ++i) {
    clients.push_back(std::make_unique<HttpClient>(port()));
    EXPECT_TRUE(
        clients.back()->Send("GET /held HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  }
  EXPECT_TRUE(Eventually([] { return serving.load() == 16; }));
  is_released = true;
  for (const auto& client : clients) EXPECT_EQ(client->Receive().status, 200);
  EXPECT_EQ(most_serving.load(), 16);
}

TEST_F(HttpServerBadDays, AClientThatGoesAwayIsNoticed) {
  const int before = cancelled.load();
  for (const bool closes : {true, false}) {
    auto client = std::make_unique<HttpClient>(port());
    client->Send("GET /waits HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_TRUE(Eventually([] { return serving.load() == 1; }));
    if (closes) {
      client.reset();
    } else {
      client->CloseWriting();
    }
    EXPECT_TRUE(Eventually([] { return serving.load() == 0; }));
  }
  EXPECT_EQ(cancelled.load(), before + 2);
}

TEST_F(HttpServerBadDays, StoppingEndsRequests) {
  HttpClient waiting(port());
  waiting.Send("GET /waits HTTP/1.1\r\nHost: localhost\r\n\r\n");
  HttpClient idle(port());
  HttpClient half(port());
  half.Send("GET / HT");
  EXPECT_TRUE(Eventually([] { return serving.load() == 1; }));
  StopServer(server_.number);
  EXPECT_EQ(serving.load(), 0);
  EXPECT_TRUE(Eventually([] { return OwnThreadCount() == 0; }));
  EXPECT_EQ(idle.Receive().all, "");
  EXPECT_EQ(half.Receive().all, "");
  EXPECT_FALSE(HttpClient(port()).is_connected());
  StopServer(server_.number);  // does nothing
}

TEST_F(HttpServerBadDays, WaitsForDescriptors) {
  rlimit before;
  getrlimit(RLIMIT_NOFILE, &before);
  HttpClient client(port());
  rlimit none = before;
  none.rlim_cur = 3;
  setrlimit(RLIMIT_NOFILE, &none);
  client.Send("GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_EQ(client.Receive().status, 200);
}

// Runs `test` in a forked child. Returns what it returns.
template <class Test>
int InChild(Test test) {
  const pid_t child = fork();
  if (child == 0) _exit(test());
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::vector<int> OpenSockets() {
  std::vector<int> sockets;
  for (int fd = 0; fd < 1024; ++fd) {
    struct stat status;
    if (fstat(fd, &status) == 0 && S_ISSOCK(status.st_mode)) {
      sockets.push_back(fd);
    }
  }
  return sockets;
}

TEST_F(HttpServerBadDays, AForkedChildHasNoServer) {
  is_released = false;
  HttpClient client(port());
  client.Send("GET /held HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_TRUE(Eventually([] { return serving.load() == 1; }));
  EXPECT_EQ(OpenSockets().size(), 3u);
  const int status = InChild([&] {
    if (OpenSockets().size() != 1) return 1;  // that of the client
    StopServer(server_.number);
#if !defined(__SANITIZE_THREAD__)  // knows no threads there
    RunningServer own;
    if (Start("0", &own)) return 2;
    if (Get(own.address.port(), "/own").body != "GET /own  ") return 3;
    StopServer(own.number);
    if (!Eventually([] { return OwnThreadCount() == 0; })) return 4;
#endif
    return 0;
  });
  EXPECT_EQ(status, 0);
  is_released = true;
  EXPECT_EQ(client.Receive().status, 200);
  EXPECT_EQ(Get(port(), "/x").status, 200);
}

// Closes what is not its own, as daemons do, and opens something else.
TEST_F(HttpServerBadDays, TheProgramMayTakeADescriptor) {
#if defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "it is a race with whoever uses the descriptor";
#endif
  EXPECT_EQ(Get(port(), "/x").status, 200);
  // The connection is closed soon.
  ASSERT_TRUE(Eventually([] { return OpenSockets().size() == 1; }));
  const int taken = OpenSockets().front();
  const int own = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  ASSERT_EQ(listen(own, 1), 0);
  sockaddr_in address = {};
  socklen_t size = sizeof(address);
  getsockname(own, reinterpret_cast<sockaddr*>(&address), &size);
  dup2(own, taken);
  // The next client of the server makes it look, and end.
  Get(port(), "/x");
  EXPECT_TRUE(Eventually([] { return OwnThreadCount() == 0; }));
  EXPECT_FALSE(HttpClient(port()).is_connected());
  const HttpClient client(ntohs(address.sin_port));
  EXPECT_TRUE(client.is_connected());
  int accepted = -1;
  EXPECT_TRUE(Eventually([&] {
    accepted = accept(own, nullptr, nullptr);
    return accepted >= 0;
  }));
  close(accepted);
  close(taken);
  close(own);
}

TEST(HttpServer, SocketsMayBeForbidden) {
  EXPECT_EQ(InChild([] {
              ForbidSockets();
              HttpAddress address;
              if (ParseHttpAddress("8080", &address)) return 1;
              RunningServer server;
              const Error error = StartServer(address, Serve, &server);
              return std::string(error.message()) ==
                             "cannot serve profiles at 127.0.0.1:8080: "
                             "Operation not permitted"
                         ? 0
                         : 2;
            }),
            0);
}

}  // namespace
}  // namespace bench_profiler
