// What Serve answers, endpoint by endpoint.
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <future>
#include <mutex>
#include <thread>

#include "bench_profiler/http.h"
#include "tests/pprof/api_fixture.h"
#include "tests/support/trace_view.h"

namespace bench_profiler {
namespace {

using pprof::HttpRequest;
using pprof::HttpResponse;

HttpResponse Ask(const std::string& method, const std::string& target) {
  HttpRequest request;
  request.method = method;
  const size_t question = target.find('?');
  request.path = target.substr(0, question);
  if (question != std::string::npos)
    request.query = target.substr(question + 1);
  return pprof::Serve(request);
}

HttpResponse Get(const std::string& target) { return Ask("GET", target); }

std::string HeaderOf(const HttpResponse& response, const std::string& name) {
  for (const pprof::HttpHeader& header : response.headers) {
    if (header.name == name) return header.value;
  }
  return "";
}

class HttpServeTest : public ApiTest {
 protected:
  // The profile in the body of a response.
  ProfileView Profile(const HttpResponse& response) {
    EXPECT_EQ(response.status, 200) << response.body;
    std::ofstream(path_, std::ios::binary) << response.body;
    const ProfileView profile = ReadProfile(path_);
    EXPECT_TRUE(profile.valid) << profile.problem;
    return profile;
  }
};

TEST_F(HttpServeTest, IndexTellsWhatThereIs) {
  const HttpResponse response = Get("/debug/pprof/");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(HeaderOf(response, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(HeaderOf(response, "X-Content-Type-Options"), "nosniff");
  for (const char* part :
       {"Types of profiles available:", "full goroutine stack dump",
        "\"heap?debug=1\"", "\"profile\"", "\"../fgprof\"", "mutex", "block",
        "allocs", "threads", "cmdline"}) {
    EXPECT_NE(response.body.find(part), std::string::npos) << part;
  }
}

TEST_F(HttpServeTest, CommandLine) {
  const HttpResponse response = Get("/debug/pprof/cmdline");
  EXPECT_EQ(HeaderOf(response, "Content-Type"), "text/plain; charset=utf-8");
  EXPECT_NE(response.body.find("http_serve_test"), std::string::npos);
  EXPECT_EQ(response.body.back() == '\0', false);
}

TEST_F(HttpServeTest, HeapNow) {
  const HttpResponse response = Get("/some/prefix/debug/pprof/heap?gc=1");
  EXPECT_EQ(HeaderOf(response, "Content-Type"), "application/octet-stream");
  EXPECT_EQ(HeaderOf(response, "Content-Disposition"),
            "attachment; filename=\"heap\"");
  EXPECT_EQ(Profile(response).default_type, "inuse_space");
  EXPECT_EQ(Profile(Get("/debug/pprof/allocs")).default_type, "alloc_space");
}

// The thread that answers is in no profile, and can start one.
TEST_F(HttpServeTest, Async) {
  std::promise<HttpResponse> promise;
  HttpRequest request;
  request.path = "/debug/pprof/goroutine";
  pprof::ServeAsync(request, [&promise](HttpResponse response) {
    promise.set_value(std::move(response));
  });
  const ProfileView threads = Profile(promise.get_future().get());
  EXPECT_EQ(threads.Sum("goroutine"), 1);
  if (!kCanSample) return;
  std::promise<HttpResponse> profile;
  request.path = "/debug/pprof/profile";
  request.query = "seconds=1";
  pprof::ServeAsync(request, [&profile](HttpResponse response) {
    profile.set_value(std::move(response));
  });
  SpinFor(0.3);
  EXPECT_GT(Profile(profile.get_future().get()).Sum("cpu"), 0);
}

TEST_F(HttpServeTest, CpuProfile) {
  if (!kCanSample) GTEST_SKIP() << "ThreadSanitizer delays signals";
  std::atomic<bool> done{false};
  std::thread worker([&] {
    while (!done) Spin(10000);
  });
  const HttpResponse response = Get("/debug/pprof/profile?seconds=1");
  done = true;
  worker.join();
  EXPECT_EQ(HeaderOf(response, "Content-Disposition"),
            "attachment; filename=\"profile\"");
  EXPECT_GT(
      Profile(response).Sum(
          "cpu", [](const SampleView& sample) { return sample.Has("Spin"); }),
      0);
}

TEST_F(HttpServeTest, TraceIsOneAtATime) {
  ASSERT_OK(pprof::StartTrace(path_));
  const HttpResponse refused = Get("/debug/pprof/trace?seconds=0.1");
  EXPECT_EQ(refused.status, 500);
  EXPECT_EQ(refused.body,
            "Could not enable tracing: tracing is already enabled\n");
  EXPECT_OK(pprof::StopTrace());
  const HttpResponse response = Get("/debug/pprof/trace?seconds=0.1");
  EXPECT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(HeaderOf(response, "Content-Type"), "application/octet-stream");
  EXPECT_EQ(HeaderOf(response, "Content-Disposition"),
            "attachment; filename=\"trace\"");
  const TraceView trace = ParseTrace(response.body);
  EXPECT_TRUE(trace.valid) << trace.problem;
  EXPECT_EQ(trace.threads.count(getpid()), 1u);
  EXPECT_EQ(Get("/debug/pprof/trace?seconds=3601").status, 400);
}

}  // namespace
}  // namespace bench_profiler
