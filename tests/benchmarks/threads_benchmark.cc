// What looking at threads costs: build/dev/tests/benchmarks/threads_benchmark
//
// - A look at 1,000 threads that wait in different ways, half of them in code
//   with frame pointers.
// - A wall-clock profile at 100 looks a second of 16 threads that work and wait
//   in turns, more than the processors can run: CPU time for a request with it,
//   in proportion to that without it, in turns within this process. And how
//   much of all CPU time the profile's own threads have used, which the kernel
//   counts to the nanosecond: all of the cost but that of signals to threads
//   that run, 100 a second for each processor.
#include <poll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <string>
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

  // What the process used up in a while, for each request done meanwhile.
  double CpuSecondsPerRequest() const {
    const double start = CpuSeconds(CLOCK_PROCESS_CPUTIME_ID);
    const int64_t before = requests_.load();
    usleep(1000 * 1000);
    return (CpuSeconds(CLOCK_PROCESS_CPUTIME_ID) - start) /
           static_cast<double>(requests_.load() - before);
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

std::set<std::string> ThreadIds() {
  std::set<std::string> ids;
  for (const auto& entry :
       std::filesystem::directory_iterator("/proc/self/task")) {
    ids.insert(entry.path().filename());
  }
  return ids;
}

// CPU time of the threads that are there now and are not among `others`.
double CpuSecondsOfNewThreads(const std::set<std::string>& others) {
  double sum = 0;
  for (const std::string& id : ThreadIds()) {
    if (others.count(id) != 0) continue;
    double nanos = 0;  // the file's first number
    std::ifstream("/proc/self/task/" + id + "/schedstat") >> nanos;
    sum += nanos * 1e-9;
  }
  return sum;
}

void ProfileService() {
  constexpr int kRounds = 12;
  const Service service;
  std::vector<double> with_itself;
  std::vector<double> with_profile;
  std::vector<double> of_own_threads;
  const std::set<std::string> threads = ThreadIds();
  service.CpuSecondsPerRequest();
  const auto profiled = [&] {
    const pprof::Error error = pprof::StartWallProfile("/dev/null");
    if (error) std::printf("%s\n", error.message());
    const double start = CpuSeconds(CLOCK_PROCESS_CPUTIME_ID);
    const double own_start = CpuSecondsOfNewThreads(threads);
    const double result = service.CpuSecondsPerRequest();
    of_own_threads.push_back((CpuSecondsOfNewThreads(threads) - own_start) /
                             (CpuSeconds(CLOCK_PROCESS_CPUTIME_ID) - start));
    pprof::StopWallProfile();
    return result;
  };
  for (int i = 0; i < kRounds; ++i) {
    // Whatever is second follows something of the same length.
    const double first = service.CpuSecondsPerRequest();
    const double with = profiled();
    const double second = service.CpuSecondsPerRequest();
    const double third = service.CpuSecondsPerRequest();
    with_profile.push_back(2 * with / (first + second));
    with_itself.push_back(2 * second / (first + third));
  }
  for (const auto& [what, ratios] :
       {std::pair("without a profile, CPU time of a request", with_itself),
        std::pair("100 looks a second, CPU time of a request", with_profile),
        std::pair("CPU time of the threads of the profile, of all",
                  of_own_threads)}) {
    std::printf("16 threads, %s: %.4f (quartiles %.4f, %.4f)\n", what,
                Median(ratios), Quantile(ratios, 0.25), Quantile(ratios, 0.75));
  }
}

}  // namespace
}  // namespace bench_profiler

int main() {
  bench_profiler::LookAtManyThreads();
  bench_profiler::ProfileService();
}
