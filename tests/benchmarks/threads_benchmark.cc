// What looking at threads costs: build/dev/tests/benchmarks/threads_benchmark
//
// - A look at 1,000 threads that wait in different ways, half of them in code
//   with frame pointers.
// - A wall-clock profile at 100 looks a second of 16 threads that work and wait
//   in turns, more than the processors can run: requests done with it, in
//   proportion to those done without it, in turns.
#include <poll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstring>
#include <memory>
#include <thread>
#include <vector>

#include "bench_profiler/pprof.h"
#include "tests/benchmarks/quantile.h"
#include "tests/integration/programs/spin.h"
#include "tests/stack/waiting_thread.h"

namespace bench_profiler {
namespace {

double Seconds() { return CpuSeconds(CLOCK_MONOTONIC); }

void LookAtManyThreads() {
  constexpr int kThreads = 1000;
  constexpr int kLooks = 30;
  rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = std::min<rlim_t>(files.rlim_max, 4 * kThreads);
  setrlimit(RLIMIT_NOFILE, &files);
  std::vector<std::unique_ptr<WaitingThread>> threads;
  for (size_t i = 0; i < kThreads; ++i) {
    threads.push_back(std::make_unique<WaitingThread>(
        kAllWaits[i / 2 % 5],  // select(2) takes 1,024 files only
        i % 2 == 0 ? WaitWithoutFramePointers : WaitWithFramePointers, 5));
  }
  sleep(1);
  pprof::Profile* profile = pprof::Lookup("goroutine");
  std::vector<double> milliseconds;
  std::vector<double> cpu_milliseconds;
  int64_t count = 0;
  for (int i = 0; i < kLooks; ++i) {
    const double start = Seconds();
    const double cpu_start = CpuSeconds(CLOCK_THREAD_CPUTIME_ID);
    count = profile->Count();
    milliseconds.push_back((Seconds() - start) * 1e3);
    cpu_milliseconds.push_back(
        (CpuSeconds(CLOCK_THREAD_CPUTIME_ID) - cpu_start) * 1e3);
  }
  std::printf(
      "a look at %lld threads: %.1f ms at first, then %.1f ms "
      "(quartiles %.1f, %.1f), of which %.1f ms of CPU\n",
      static_cast<long long>(count), milliseconds[0], Median(milliseconds),
      Quantile(milliseconds, 0.25), Quantile(milliseconds, 0.75),
      Median(cpu_milliseconds));
}

// Threads that work for 100 us and wait for 400 us.
class Service {
 public:
  Service() {
    for (int i = 0; i < 16; ++i) threads_.emplace_back([this] { Serve(); });
  }
  ~Service() {
    stop_.store(true);
    for (std::thread& thread : threads_) thread.join();
  }

  double RequestsPerSecond(double seconds) const {
    const double start = Seconds();
    const int64_t before = requests_.load();
    usleep(static_cast<useconds_t>(seconds * 1e6));
    return static_cast<double>(requests_.load() - before) / (Seconds() - start);
  }

 private:
  void Serve() {
    const timespec pause = {0, 400 * 1000};
    while (!stop_.load()) {
      Spin(100 * 1000);
      requests_.fetch_add(1);
      nanosleep(&pause, nullptr);
    }
  }

  std::atomic<bool> stop_{false};
  std::atomic<int64_t> requests_{0};
  std::vector<std::thread> threads_;
};

void ProfileService() {
  constexpr int kRounds = 20;
  constexpr double kSeconds = 0.5;
  const Service service;
  std::vector<double> with_itself;
  std::vector<double> with_profile;
  service.RequestsPerSecond(kSeconds);
  for (int i = 0; i < kRounds; ++i) {
    const double first = service.RequestsPerSecond(kSeconds);
    const double second = service.RequestsPerSecond(kSeconds);
    const pprof::Error error = pprof::StartWallProfile("/dev/null");
    if (error) std::printf("%s\n", error.message());
    const double third = service.RequestsPerSecond(kSeconds);
    pprof::StopWallProfile();
    with_itself.push_back(second / first);
    with_profile.push_back(third / second);
  }
  for (const auto& [what, ratios] :
       {std::pair("without a profile", with_itself),
        std::pair("100 looks a second", with_profile)}) {
    std::printf("16 threads, %s: %.4f of the requests (quartiles %.4f, %.4f)\n",
                what, Median(ratios), Quantile(ratios, 0.25),
                Quantile(ratios, 0.75));
  }
}

}  // namespace
}  // namespace bench_profiler

int main() {
  bench_profiler::LookAtManyThreads();
  bench_profiler::ProfileService();
}
