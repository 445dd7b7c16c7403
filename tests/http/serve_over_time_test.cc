// What Serve answers to requests that take their time.
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <future>
#include <mutex>
#include <vector>

#include "tests/http/serve_fixture.h"
#include "tests/locks/programs/holder.h"
#include "tests/support/trace_view.h"

namespace bench_profiler {
namespace {

#ifdef BENCH_PROFILER_SANITIZER
constexpr bool kHasHooks = false;
#else
constexpr bool kHasHooks = true;
#endif

TEST_F(HttpServeTest, CpuProfile) {
  if (!kCanSample) GTEST_SKIP() << "ThreadSanitizer delays signals";
  const HttpResponse response =
      GetWhile("/debug/pprof/profile?seconds=1&hertz=250&clock=thread",
               [] { SpinFor(0.5); });
  EXPECT_EQ(HeaderOf(response, "Content-Disposition"),
            "attachment; filename=\"profile\"");
  const ProfileView profile = Profile(response);
  EXPECT_GT(
      profile.Sum("cpu",
                  [](const SampleView& sample) { return sample.Has("Spin"); }),
      0);
  EXPECT_TRUE(profile.HasComment("cpu: 250 samples"));
}

TEST_F(HttpServeTest, OneCpuProfileAtATime) {
  if (!kCanSample) GTEST_SKIP() << "ThreadSanitizer delays signals";
  ASSERT_OK(pprof::StartCpuProfile(path_));
  const HttpResponse refused = Get("/debug/pprof/profile?seconds=1");
  EXPECT_EQ(refused.status, 500);
  EXPECT_EQ(refused.body,
            "Could not enable CPU profiling: cpu profiling already in use\n");
  EXPECT_EQ(HeaderOf(refused, "X-Go-Pprof"), "1");
  ASSERT_OK(pprof::StopCpuProfile());
  // The other way round: the program cannot stop what is not its own.
  const HttpResponse response =
      GetWhile("/debug/pprof/profile?seconds=1", [this] {
        EXPECT_STREQ(pprof::StartCpuProfile(path_).message(),
                     "cpu profiling already in use");
        EXPECT_EQ(Get("/debug/pprof/profile").status, 500);
        EXPECT_OK(pprof::StopCpuProfile());
        SpinFor(0.2);
      });
  EXPECT_GT(Profile(response).Sum("cpu"), 0);
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

TEST_F(HttpServeTest, WallProfile) {
  const HttpResponse response = Get("/debug/fgprof?seconds=1");
  EXPECT_EQ(HeaderOf(response, "Content-Disposition"),
            "attachment; filename=\"fgprof\"");
  const ProfileView profile = Profile(response);
  EXPECT_EQ(profile.default_type, "wall");
  EXPECT_GT(profile.Sum("wall"), 0);
}

TEST_F(HttpServeTest, ARequestThatNobodyWaitsForEnds) {
  for (const char* target :
       {"/debug/pprof/profile?seconds=3600", "/debug/fgprof?seconds=3600",
        "/debug/pprof/heap?seconds=3600"}) {
    if (!kCanSample && std::string(target).find("heap") == std::string::npos) {
      continue;
    }
    HttpRequest request = RequestFor(target);
    int asked = 0;
    request.cancelled = [&asked] { return ++asked == 3; };
    const HttpResponse response = pprof::Serve(request);
    EXPECT_EQ(response.status, 500) << target;
    EXPECT_EQ(response.body, "context canceled\n");
    EXPECT_EQ(asked, 3);
  }
  if (!kCanSample) return;
  EXPECT_OK(pprof::StartCpuProfile(path_));
  EXPECT_OK(pprof::StopCpuProfile());
}

std::vector<void*> blocks;

__attribute__((noinline)) void Allocate(int number) {
  for (int i = 0; i < number; ++i) blocks.push_back(std::malloc(100000));
  spin_sink = 1;  // no tail call
}

void Free(int number) {
  for (int i = 0; i < number; ++i) {
    std::free(blocks.back());
    blocks.pop_back();
  }
}

// Sums of the blocks of Allocate.
std::vector<int64_t> Sums(const ProfileView& profile) {
  std::vector<int64_t> sums;
  for (const char* type : {"alloc_objects", "inuse_objects"}) {
    sums.push_back(profile.Sum(
        type, [](const SampleView& sample) { return sample.Has("Allocate"); }));
  }
  return sums;
}

class HttpHeapTest : public HttpServeTest {
 protected:
  void SetUp() override {
    if (!kHasHooks) GTEST_SKIP() << "no hooks under a sanitizer";
    blocks.reserve(100);
    pprof::SetMemProfileRate(1);
    Allocate(20);
  }
  void TearDown() override {
    Free(static_cast<int>(blocks.size()));
    pprof::SetMemProfileRate(512 * 1024);
  }
};

TEST_F(HttpHeapTest, ByHowMuchItChanges) {
  const HttpResponse response = GetWhile("/debug/pprof/heap?seconds=1", [] {
    Free(15);
    Allocate(4);
  });
  EXPECT_EQ(HeaderOf(response, "Content-Disposition"),
            "attachment; filename=\"heap-delta\"");
  const ProfileView profile = Profile(response);
  EXPECT_EQ(Sums(profile), std::vector<int64_t>({4, -11}));
  for (const SampleView& sample : profile.samples) {
    EXPECT_NE(sample.values, std::vector<int64_t>(4));
  }
}

TEST_F(HttpHeapTest, SinceTheLastTime) {
  Profile(Get("/debug/pprof/delta_heap"));
  Allocate(4);
  Ask("HEAD", "/debug/pprof/delta_heap");  // does not count
  const HttpResponse response = Get("/debug/pprof/delta_heap");
  EXPECT_EQ(HeaderOf(response, "Content-Disposition"),
            "attachment; filename=\"delta_heap\"");
  EXPECT_EQ(Sums(Profile(response)), std::vector<int64_t>({4, 24}));
  Free(23);
  EXPECT_EQ(Sums(Profile(Get("/debug/pprof/delta_heap"))),
            std::vector<int64_t>({0, 1}));
}

// What it takes to make the page does not show, only what the program gets.
TEST_F(HttpHeapTest, WhatServingTakesDoesNotShow) {
  const HttpResponse before = Get("/debug/pprof/heap");
  const HttpResponse page = Get("/debug/pprof/");
  const HttpResponse after = Get("/debug/pprof/heap");
  const int64_t allocations = Profile(after).Sum("alloc_objects") -
                              Profile(before).Sum("alloc_objects");
  EXPECT_GT(allocations, 0);
  EXPECT_LT(allocations, 60);
}

std::mutex mutex;

void Contend() {
  mutex.lock();
  std::thread victim([] { const std::lock_guard<std::mutex> lock(mutex); });
  SleepWhileOneWaits(&mutex, 1);
  mutex.unlock();
  victim.join();
}

TEST_F(HttpServeTest, LocksSinceTheLastTime) {
  if (!kHasHooks) GTEST_SKIP() << "no hooks under a sanitizer";
  EXPECT_EQ(Profile(Get("/debug/pprof/delta_mutex")).Sum("contentions"), 0);
  pprof::SetMutexProfileFraction(1);
  pprof::SetBlockProfileRate(1);
  for (int round = 0; round < 2; ++round) {
    Contend();
    EXPECT_EQ(Profile(Get("/debug/pprof/delta_mutex")).Sum("contentions"), 1);
    EXPECT_GT(Profile(Get("/debug/pprof/delta_block")).Sum("contentions"), 0);
  }
  EXPECT_EQ(Profile(Get("/debug/pprof/delta_mutex")).samples.size(), 0u);
  EXPECT_EQ(Profile(Get("/debug/pprof/mutex")).Sum("contentions"), 2);
  pprof::SetMutexProfileFraction(0);
  pprof::SetBlockProfileRate(0);
}

// Threads where they were before are none of the change.
TEST_F(HttpServeTest, ByHowManyThreadsThereAreMore) {
  std::promise<void> end;
  std::vector<std::thread> threads;
  const auto wait = [&, done = end.get_future().share()] { done.wait(); };
  threads.emplace_back(wait);
  const HttpResponse response = GetWhile("/debug/pprof/threads?seconds=1", [&] {
    threads.emplace_back(wait);
    threads.emplace_back(wait);
  });
  end.set_value();
  for (std::thread& thread : threads) thread.join();
  // A thread of a test before may have been about to end.
  const int64_t more = Profile(response).Sum("threads");
  EXPECT_TRUE(more == 1 || more == 2) << more;
}

// The thread that answers is in no profile, and can start one.
TEST_F(HttpServeTest, Async) {
  const auto ask = [](const char* target) {
    std::promise<HttpResponse> promise;
    std::future<HttpResponse> response = promise.get_future();
    pprof::ServeAsync(RequestFor(target), [&](HttpResponse answer) {
      promise.set_value(std::move(answer));
    });
    while (response.wait_for(std::chrono::seconds(0)) !=
           std::future_status::ready) {
      Spin(10000);
    }
    return response.get();
  };
  // Sanitizers have threads of their own.
  const int64_t all = Profile(Get("/debug/pprof/goroutine")).Sum("goroutine");
  EXPECT_LE(Profile(ask("/debug/pprof/goroutine")).Sum("goroutine"), all);
  if (!kCanSample) return;
  EXPECT_GT(Profile(ask("/debug/pprof/profile?seconds=1")).Sum("cpu"), 0);
}

// Those that find no thread are told so.
TEST_F(HttpServeTest, AsyncHasALimit) {
  constexpr int kRequests = 70;
  std::atomic<bool> cancelled{false};
  std::atomic<int> refused{0};
  std::atomic<int> ended{0};
  for (int i = 0; i < kRequests; ++i) {
    HttpRequest request = RequestFor("/debug/pprof/block?seconds=3600");
    request.cancelled = [&cancelled] { return cancelled.load(); };
    pprof::ServeAsync(request, [&](const HttpResponse& response) {
      ++(response.status == 503 ? refused : ended);
    });
  }
  EXPECT_GE(refused, kRequests - 64);
  EXPECT_LT(refused, kRequests);
  cancelled = true;
  while (refused + ended < kRequests) std::this_thread::yield();
}

}  // namespace
}  // namespace bench_profiler
