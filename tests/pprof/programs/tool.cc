// A program that profiles itself, with bad habits to choose from.
//
//   pprof_tool both CPU HEAP      // the article's "tool"
//   pprof_tool forgets FILE       // to stop
//   pprof_tool forgets-stream
//   pprof_tool heap FILE          // without asking for it before
//   pprof_tool heap-at RATE FILE
//   pprof_tool threads NUMBER SECONDS   // of CPU time each, all at a time
//   pprof_tool works SECONDS
//   pprof_tool ends-exporting MILLISECONDS
//   pprof_tool serves FILE        // a CPU profile, as over HTTP
//   pprof_tool ends-serving       // one that would take an hour
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <future>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "bench_profiler/http.h"
#include "bench_profiler/pprof.h"
#include "tests/integration/programs/spin.h"

namespace pprof = bench_profiler::pprof;

namespace {

std::vector<void*> blocks;

__attribute__((noinline)) void Allocate() {
  for (int i = 0; i < 64; ++i) blocks.push_back(std::malloc(size_t{1} << 20));
  spin_sink = 1;  // no tail call
}

__attribute__((noinline)) void Inside() {
  SpinFor(0.3);
  spin_sink = 2;
}

__attribute__((noinline)) void Outside() {
  SpinFor(0.3);
  spin_sink = 3;
}

int Told(const pprof::Error& error) {
  if (!error) return 0;
  std::printf("%s\n", error.message());
  return 1;
}

// The path from a thread's function to its work spells its number.
using Digits = void (*)(int number, double seconds);
template <int kDigit>
__attribute__((noinline)) void Digit(int number, double seconds) {
  static constexpr Digits kNext[] = {Digit<0>, Digit<1>, Digit<2>, Digit<3>,
                                     Digit<4>, Digit<5>, Digit<6>, Digit<7>,
                                     Digit<8>, Digit<9>};
  if (number == 0) {
    SpinFor(seconds);
  } else {
    kNext[number % 10](number / 10, seconds);
  }
  spin_sink = kDigit;
}

int Threads(int number, double seconds) {
  std::vector<std::thread> threads;
  std::mutex all_are_there;
  all_are_there.lock();
  for (int i = 1; i <= number; ++i) {
    threads.emplace_back([&all_are_there, i, seconds] {
      all_are_there.lock();
      all_are_there.unlock();
      Digit<0>(i, seconds);
    });
  }
  all_are_there.unlock();
  for (std::thread& thread : threads) thread.join();
  return 0;
}

int WriteForEver() {
  const auto sink = [](const char*, size_t) { return true; };
  while (Told(pprof::WriteHeapProfile(sink)) == 0) {
  }
  return 1;
}

// Two threads write one profile after the other, the first thread is one of
// them, when the end comes to a third.
int EndExporting(int milliseconds) {
  std::thread(WriteForEver).detach();
  std::thread([milliseconds] {
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    std::raise(SIGTERM);
  }).detach();
  return WriteForEver();
}

__attribute__((noinline)) void SpinUntil(
    const std::future<pprof::HttpResponse>& ready) {
  while (ready.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
    Spin(10000);
  }
  spin_sink = 4;
}

pprof::HttpRequest CpuProfileOf(const char* query) {
  pprof::HttpRequest request;
  request.path = "/debug/pprof/profile";
  request.query = query;
  return request;
}

int EndServing() {
  pprof::ServeAsync(CpuProfileOf("seconds=3600"),
                    [](const pprof::HttpResponse& response) {
                      std::printf("%s", response.body.c_str());
                    });
  SpinFor(0.1);
  return 0;
}

int ServeOnce(const char* path) {
  std::promise<pprof::HttpResponse> promise;
  std::future<pprof::HttpResponse> future = promise.get_future();
  pprof::ServeAsync(CpuProfileOf("seconds=1"),
                    [&promise](pprof::HttpResponse response) {
                      promise.set_value(std::move(response));
                    });
  SpinUntil(future);
  const pprof::HttpResponse response = future.get();
  std::ofstream(path, std::ios::binary) << response.body;
  return response.status == 200 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "both") {
    Outside();
    int failures = Told(pprof::StartCpuProfile(argv[2]));
    pprof::Do({{"where", "inside"}}, Inside);
    failures += Told(pprof::StopCpuProfile());
    Outside();
    Allocate();
    return failures + Told(pprof::WriteHeapProfile(argv[3]));
  }
  if (what == "forgets") {
    const int failed = Told(pprof::StartCpuProfile(argv[2]));
    Inside();
    return failed;
  }
  if (what == "forgets-stream") {
    const int failed = Told(pprof::StartCpuProfile(std::cout));
    Inside();
    return failed;
  }
  if (what == "heap") {
    Allocate();
    return Told(pprof::WriteHeapProfile(argv[2]));
  }
  if (what == "heap-at") {
    std::printf("%lld\n", static_cast<long long>(
                              pprof::SetMemProfileRate(std::atoll(argv[2]))));
    Allocate();
    return Told(pprof::WriteHeapProfile(argv[3]));
  }
  if (what == "threads") return Threads(std::atoi(argv[2]), std::atof(argv[3]));
  if (what == "ends-serving") return EndServing();
  if (what == "serves") return ServeOnce(argv[2]);
  if (what == "ends-exporting") return EndExporting(std::atoi(argv[2]));
  if (what == "works") SpinFor(std::atof(argv[2]));
  return what == "works" ? 0 : 2;
}
