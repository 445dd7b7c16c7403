// The clients that there are: go tool pprof, scrapers, curl.
#include <thread>

#include "tests/http/service_test.h"

namespace bench_profiler {
namespace {

const std::vector<std::string> kAllKinds = {"--profile_http=localhost:0",
                                            "--blockprofilerate=1",
                                            "--mutexprofilefraction=1"};

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_F(HttpService, GoToolPprof) {
  if (!CanRun("go")) GTEST_SKIP() << "no go here";
  Preloaded(kAllKinds);
  const struct {
    const char* target;
    const char* function;
  } cases[] = {{"/debug/pprof/profile?seconds=1", "Burn"},
               {"/debug/pprof/heap", "Keep"},
               {"/debug/pprof/allocs", "Keep"},
               {"/debug/pprof/goroutine", "HoldTheLock"},
               {"/debug/pprof/block?seconds=1", "HoldTheLock"},
               {"/debug/pprof/mutex", "HoldTheLock"}};
  for (const auto& [target, function] : cases) {
    for (const char* report : {"-top", "-raw"}) {
      const ProgramResult result = Pprof({report}, target);
      EXPECT_EQ(result.exit_code, 0) << target << result.err;
      EXPECT_TRUE(Has(result.out, function)) << target << result.out;
      EXPECT_FALSE(Has(result.err, "server response")) << result.err;
      if (std::string(target).find("seconds") != std::string::npos) break;
    }
  }
}

TEST_F(HttpService, GoToolPprofInABrowser) {
  if (!CanRun("go")) GTEST_SKIP() << "no go here";
  const RunningProgram& service = Preloaded(kAllKinds);
  ASSERT_NE(service.Port(), 0) << service.Errors();
  RunningProgram pprof({"go", "tool", "pprof", "-no_browser",
                        "-http=127.0.0.1:", Url("/debug/pprof/heap")},
                       {{"PPROF_TMPDIR", folder_.path()}});
  ASSERT_TRUE(pprof.HasSaid("Serving web UI on http://")) << pprof.Errors();
  const std::string errors = pprof.Errors();
  const size_t at = errors.rfind(':') + 1;
  const HttpAnswer page = Get(std::atoi(errors.c_str() + at), "/ui/top");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(Has(page.body, "Keep"));
}

TEST_F(HttpService, Scrapers) {
  const RunningProgram& service = Preloaded(kAllKinds);
  const int port = service.Port();
  ASSERT_NE(port, 0) << service.Errors();
  for (const char* target :
       {// Grafana Alloy, Parca; the latter with smaller numbers here.
        "/debug/pprof/allocs", "/debug/pprof/block", "/debug/pprof/goroutine",
        "/debug/pprof/mutex", "/debug/pprof/profile?seconds=1",
        "/debug/fgprof?seconds=1", "/debug/pprof/delta_heap",
        "/debug/pprof/delta_mutex", "/debug/pprof/delta_block",
        "/prefix/debug/pprof/allocs",
        // Datadog, cumulative and not.
        "/debug/pprof/heap", "/debug/pprof/heap?seconds=1",
        "/debug/pprof/mutex?seconds=1", "/debug/pprof/block?seconds=1",
        "/debug/pprof/goroutine?seconds=1"}) {
    const HttpAnswer answer = Get(port, target);
    EXPECT_EQ(answer.status, 200) << target << answer.body;
    EXPECT_EQ(answer.Field("Content-Type").find("application/octet-stream"), 0u)
        << target;
    EXPECT_EQ(answer.Field("Content-Length"),
              std::to_string(answer.body.size()));
    EXPECT_GT(answer.body.size(), 2u) << target;
    EXPECT_EQ(answer.body.substr(0, 2), "\x1f\x8b") << target;
    const ProfileView profile = Read(answer);
    EXPECT_TRUE(profile.valid) << target << profile.problem;
  }
}

TEST_F(HttpService, Curl) {
  if (!CanRun("curl")) GTEST_SKIP() << "no curl here";
  const RunningProgram& service = Preloaded(kAllKinds);
  ASSERT_NE(service.Port(), 0) << service.Errors();
  const auto curl = [&](std::vector<std::string> flags,
                        const std::string& target) {
    flags.insert(flags.begin(), {"curl", "-sS", "-i"});
    flags.push_back(Url(target));
    return RunProgram(flags).out;
  };
  EXPECT_TRUE(Has(curl({}, "/debug/pprof/"), "text/html; charset=utf-8"));
  EXPECT_TRUE(Has(curl({}, "/debug/pprof/cmdline"), "/http_ordinary"));
  EXPECT_TRUE(Has(curl({"--http1.0"}, "/debug/pprof/heap?debug=1"), " 200 OK"));
  EXPECT_TRUE(Has(curl({"-H", "Host: evil.com"}, "/debug/pprof/"), " 403 "));
  EXPECT_TRUE(Has(
      curl({"-H", "Expect: 100-continue", "-d", "0x1"}, "/debug/pprof/symbol"),
      "num_symbols: 1"));
  EXPECT_TRUE(Has(curl({"-H", "Transfer-Encoding: chunked", "-d", "0x1"},
                       "/debug/pprof/symbol"),
                  " 411 "));
}

// Its threads are in no profile, also while they serve others.
TEST_F(HttpService, NoProfileShowsTheServer) {
  const RunningProgram& service = Preloaded(kAllKinds);
  const int port = service.Port();
  ASSERT_NE(port, 0) << service.Errors();
  std::vector<std::thread> others;
  for (int i = 0; i < 3; ++i) {
    others.emplace_back([port] { Get(port, "/debug/pprof/heap?seconds=1"); });
  }
  const HttpAnswer answer = Get(port, "/debug/pprof/goroutine?debug=1");
  EXPECT_EQ(answer.body.substr(0, answer.body.find('\n')),
            "goroutine profile: total 4");
  for (std::thread& other : others) other.join();
  for (const char* target :
       {"/debug/pprof/profile?seconds=1", "/debug/pprof/allocs"}) {
    const ProfileView profile = Read(Get(port, target));
    EXPECT_TRUE(profile.valid) << profile.problem;
    for (const SampleView& sample : profile.samples) {
      EXPECT_FALSE(sample.Has("bench_profiler"));
    }
  }
}

}  // namespace
}  // namespace bench_profiler
