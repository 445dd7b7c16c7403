// --profile_http and HttpServer in whole programs.
#include <csignal>
#include <filesystem>
#include <memory>

#include "tests/http/service_test.h"

namespace bench_profiler {
namespace {

constexpr const char* kAnyPort = "--profile_http=localhost:0";
const std::string kPrograms = PROGRAMS;

size_t Count(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos;
       at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

size_t OpenSockets(pid_t process) {
  size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(
           "/proc/" + std::to_string(process) + "/fd")) {
    std::error_code gone;
    const auto target = std::filesystem::read_symlink(entry.path(), gone);
    if (target.string().rfind("socket:", 0) == 0) ++count;
  }
  return count;
}

TEST_F(HttpService, NothingListensUnlessAsked) {
  RunningProgram& service = Preloaded({"--cpuprofile=cpu.prof"});
  ASSERT_TRUE(service.HasSaid("started"));
  EXPECT_EQ(OpenSockets(service.pid()), 0u);
  service.EndInput();
  EXPECT_EQ(service.Wait().exit_code, 0);
}

TEST_F(HttpService, InCode) {
  RunningProgram& service = Start({kPrograms + "/http_service", "localhost:0"});
  const int port = service.Port();
  ASSERT_NE(port, 0) << service.Errors();
  const ProfileView heap = Read(Get(port, "/debug/pprof/heap"));
  EXPECT_GT(
      heap.Sum("inuse_space",
               [](const SampleView& sample) { return sample.Has("Keep"); }),
      16 << 20);
  RunningProgram second({kPrograms + "/http_service", std::to_string(port)});
  EXPECT_TRUE(second.HasSaid(
      "cannot serve profiles at 127.0.0.1:" + std::to_string(port) +
      ": Address already in use\n"));
  second.EndInput();
  EXPECT_EQ(second.Wait().exit_code, 0);
  RunningProgram third({kPrograms + "/http_service", "localhost"});
  EXPECT_TRUE(third.HasSaid("the address \"localhost\" must be HOST:PORT"));
  service.EndInput();
  EXPECT_EQ(service.Wait().exit_code, 0);
}

TEST_F(HttpService, ASecondOnThePortRunsWithout) {
  RunningProgram& first = Preloaded({kAnyPort});
  const std::string port = std::to_string(first.Port());
  RunningProgram second({LAUNCHER, "run", "--profile_http=" + port, "--",
                         kPrograms + "/http_ordinary"});
  EXPECT_TRUE(second.HasSaid("started"));
  second.EndInput();
  const ProgramResult result = second.Wait();
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.err,
            "bench_profiler: --profile_http: cannot serve profiles at "
            "127.0.0.1:" +
                port + ": Address already in use\nstarted\n");
}

TEST_F(HttpService, BadAddressesAreToldBeforeAnythingRuns) {
  const ProgramResult preloaded =
      RunProgram({LAUNCHER, "run", "--profile_http=web", "--",
                  kPrograms + "/http_ordinary"});
  EXPECT_EQ(preloaded.exit_code, 125);
  EXPECT_EQ(preloaded.err.find("bench_profiler run: --profile_http=web: must "
                               "be HOST:PORT"),
            0u);
  const ProgramResult enabled =
      RunProgram({kPrograms + "/http_bench", "--profile_http=web"});
  EXPECT_EQ(enabled.exit_code, 1);
  EXPECT_EQ(enabled.out, "");
  EXPECT_EQ(Count(enabled.err, "\n"), 1u);
}

TEST_F(HttpService, SocketsMayBeForbidden) {
  ProgramOptions options;
  options.timeout_seconds = 60;
  const ProgramResult result =
      RunProgram({kPrograms + "/http_without_sockets", LAUNCHER, "run",
                  "--profile_http=8080", "--", "true"},
                 options);
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.err,
            "bench_profiler: --profile_http: cannot serve profiles at "
            "127.0.0.1:8080: Operation not permitted\n");
}

TEST_F(HttpService, OnlyTheFirstProcessServes) {
  for (const bool follows : {false, true}) {
    std::vector<std::string> flags = {kAnyPort};
    if (follows) flags.push_back("--follow-children");
    RunningProgram& service = Preloaded(
        flags, {"/bin/sh", "-c", kPrograms + "/http_ordinary; exit 3"});
    ASSERT_TRUE(service.HasSaid("started"));
    EXPECT_EQ(Get(service.Port(), "/debug/pprof/").status, 200);
    service.EndInput();
    const ProgramResult result = service.Wait();
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_EQ(Count(result.err, "profiles at http://"), 1u) << result.err;
    EXPECT_EQ(Count(result.err, "\n"), 2u) << result.err;
  }
}

// A client for whom a CPU profile of half a minute is running.
std::unique_ptr<HttpClient> StartLongProfile(int port) {
  for (;;) {
    auto client = std::make_unique<HttpClient>(port);
    client->Send("GET /debug/pprof/profile HTTP/1.1\r\nHost: [::1]\r\n\r\n");
    usleep(100000);
    const HttpAnswer other = Get(port, "/debug/pprof/profile?seconds=1");
    if (other.status != 200) {
      EXPECT_NE(other.body.find("already in use"), std::string::npos);
      return client;
    }
    // The other one was first.
  }
}

TEST_F(HttpService, EndsInMidProfileAsItWould) {
  for (const bool by_signal : {true, false}) {
    RunningProgram& service = Preloaded({kAnyPort});
    const auto client = StartLongProfile(service.Port());
    if (by_signal) {
      service.Signal(SIGTERM);
    } else {
      service.EndInput();
    }
    const ProgramResult result = service.Wait();
    EXPECT_EQ(result.signal, by_signal ? SIGTERM : 0);
    EXPECT_EQ(result.exit_code, by_signal ? -1 : 0);
    client->Receive();
  }
}

TEST_F(HttpService, AProfileEndsWhenNobodyWaitsForIt) {
  RunningProgram& service = Preloaded({kAnyPort});
  StartLongProfile(service.Port()).reset();
  // It would take half a minute.
  HttpAnswer next;
  for (int i = 0; i < 50 && next.status != 200; ++i) {
    usleep(200000);
    next = Get(service.Port(), "/debug/pprof/profile?seconds=1");
  }
  EXPECT_EQ(next.status, 200) << next.body;
}

TEST_F(HttpService, ABenchmarkIsLookedAtWhileItRuns) {
  RunningProgram& service =
      Start({kPrograms + "/http_bench", kAnyPort, "--cpuprofile=cpu.prof",
             "--benchmark_min_time=3"});
  const HttpAnswer answer =
      Get(service.Port(), "/debug/pprof/profile?seconds=1");
  const ProfileView profile = Read(answer);
  EXPECT_TRUE(profile.valid) << profile.problem << answer.all;
  const ProgramResult result = service.Wait();
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const ProfileView whole = ReadProfile(service.folder() / "cpu.prof");
  EXPECT_TRUE(whole.valid) << whole.problem;
  const auto is_work = [](const SampleView& sample) {
    return sample.Has("BenchmarkWork");
  };
  EXPECT_GT(profile.Sum("cpu", is_work), 0);
  EXPECT_GT(whole.Sum("cpu", is_work), profile.Sum("cpu", is_work));
}

TEST_F(HttpService, ATestIsLookedAtWhileItRuns) {
  RunningProgram& service =
      Start({kPrograms + "/http_gtest", "--profile_http=localhost:0"});
  const ProfileView profile =
      Read(Get(service.Port(), "/debug/pprof/profile?seconds=1"));
  EXPECT_GT(profile.Sum("cpu",
                        [](const SampleView& sample) {
                          return sample.Has("TestWork");
                        }),
            0);
  service.EndInput();
  EXPECT_EQ(service.Wait().exit_code, 0) << service.Errors();
  EXPECT_FALSE(FileExists(service.folder() / "cpu.prof"));
}

}  // namespace
}  // namespace bench_profiler
