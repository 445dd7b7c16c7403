// Profiles that are mounted into servers of others: cpp-httplib and
// Boost.Beast.
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "bench_profiler/pprof.h"
#include "tests/http/mounted_server.h"
#include "tests/support/http_client.h"
#include "tests/support/profile_view.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

struct Framework {
  const char* name;
  std::unique_ptr<MountedServer> (*start)();
};

std::vector<Framework> Frameworks() {
  return {
#ifdef HAVE_HTTPLIB
      {"Httplib", &StartHttplib},
#endif
#ifdef HAVE_BEAST
      {"Beast", &StartBeast},
      {"AsyncBeast", &StartAsyncBeast},
#endif
  };
}

TEST(Adapters, AreTestedIfTheirLibrariesAreThere) {
  std::string missing;
#ifndef HAVE_HTTPLIB
  missing += " cpp-httplib";
#endif
#ifndef HAVE_BEAST
  missing += " Boost.Beast";
#endif
  if (!missing.empty()) GTEST_SKIP() << "not here:" << missing;
}

class AdaptersTest : public testing::TestWithParam<Framework> {
 protected:
  HttpAnswer Ask(const std::string& target, const std::string& method = "GET") {
    return Get(server_->port(), target, method);
  }
  HttpAnswer Post(const std::string& target, const std::string& body) {
    HttpClient client(server_->port());
    client.Send("POST " + target +
                " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                "Content-Type: application/octet-stream\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\n\r\n" + body);
    return client.Receive();
  }

  const std::unique_ptr<MountedServer> server_ = GetParam().start();
};

INSTANTIATE_TEST_SUITE_P(, AdaptersTest, testing::ValuesIn(Frameworks()),
                         [](const auto& test) { return test.param.name; });
// Without any of the libraries.
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(AdaptersTest);

TEST_P(AdaptersTest, TextWithItsHeaders) {
  const HttpAnswer answer = Ask("/debug/pprof/heap?debug=1");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.Field("Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(answer.Field("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(answer.Field("Content-Length"), std::to_string(answer.body.size()));
  EXPECT_EQ(answer.body.rfind("heap profile: ", 0), 0) << answer.body;
}

TEST_P(AdaptersTest, TheIndex) {
  const HttpAnswer answer = Ask("/debug/pprof/");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.Field("Content-Type"), "text/html; charset=utf-8");
  EXPECT_NE(answer.body.find("goroutine"), std::string::npos) << answer.body;
}

TEST_P(AdaptersTest, AProfileOverATime) {
  const HttpAnswer answer = Ask("/debug/fgprof?seconds=1");
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.Field("Content-Type"), "application/octet-stream");
  const TemporaryFolder folder;
  const std::string path = folder / "wall.prof";
  std::ofstream(path, std::ios::binary) << answer.body;
  const ProfileView profile = ReadProfile(path);
  ASSERT_TRUE(profile.valid) << profile.problem;
  EXPECT_GT(profile.Sum("wall"), 0);
}

__attribute__((noinline)) void AFunctionWithAName() {
  asm volatile("" : : : "memory");
}

TEST_P(AdaptersTest, NamesOfWhatIsAskedForOrPosted) {
  AFunctionWithAName();
  char address[32];
  std::snprintf(address, sizeof(address), "%#zx",
                reinterpret_cast<size_t>(&AFunctionWithAName));
  const std::string target = "/debug/pprof/symbol";
  for (const HttpAnswer& answer :
       {Post(target, address), Ask(target + "?" + address)}) {
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body.rfind("num_symbols: 1\n", 0), 0) << answer.body;
    EXPECT_NE(answer.body.find("AFunctionWithAName"), std::string::npos)
        << answer.body;
  }
}

TEST_P(AdaptersTest, ErrorsAreServesOwn) {
  HttpAnswer answer = Ask("/debug/pprof/nothing");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.body, "Unknown profile\n");
  EXPECT_EQ(answer.Field("X-Go-Pprof"), "1");
  answer = Post("/debug/pprof/heap", "text");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(Ask("/debug/pprof/heap", "HEAD").body, "");
}

// Nobody would wait for ten minutes; what runs now leaves no room for another.
TEST_P(AdaptersTest, AProfileEndsIfItsClientGoesAway) {
  {
    HttpClient client(server_->port());
    ASSERT_TRUE(client.Send(
        "GET /debug/fgprof?seconds=600 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
  }
  HttpAnswer answer;
  do {
    answer = Ask("/debug/fgprof?seconds=1");
  } while (answer.status == 500);
  EXPECT_EQ(answer.status, 200) << answer.body;
}

TEST_P(AdaptersTest, AProfileEndsIfTheServerIsStopped) {
  HttpClient client(server_->port());
  ASSERT_TRUE(client.Send(
      "GET /debug/fgprof?seconds=600 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
}

#ifdef HAVE_HTTPLIB
TEST(HttplibAdapter, ServesBelowAPrefixOfAnyLetters) {
  const std::unique_ptr<MountedServer> server = StartHttplib();
  const int port = server->port();
  for (const char* path :
       {"/a.b+c/debug/pprof/cmdline", "/a.b+c/pprof/cmdline"}) {
    EXPECT_EQ(Get(port, path).status, 200) << path;
  }
  for (const char* path :
       {"/aXb+c/debug/pprof/cmdline", "/a.bbc/debug/pprof/cmdline",
        "/a.b+c/debug/pprof2", "/debug", "/"}) {
    EXPECT_EQ(Get(port, path).status, 404) << path;
  }
}
#endif

}  // namespace
}  // namespace bench_profiler
