// What it takes to start and stop a CPU profile beside many threads, and to
// look at a large heap profile while the program goes on to allocate:
//
//   build/dev/tests/benchmarks/profile_start [start | memory | snapshot]
//
// Of each time the median and the shortest of nine. For "memory", each of 5,000
// threads works for five ticks of the kernel, two at a time, and should have
// samples: timers are looked at in ticks only, so that a thread that is never
// running when one comes has none.
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "bench_profiler/heap_hooks.h"
#include "bench_profiler/platform/thread_labels.h"
#include "bench_profiler/sampling/sampling.h"

namespace bench_profiler {
namespace {

constexpr size_t kCpu = 0;
constexpr size_t kHeap = 1;

int64_t Nanos(clockid_t clock) {
  timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * int64_t{1000000000} + time.tv_nsec;
}

double MillisecondsOf(const std::function<void()>& work,
                      clockid_t clock = CLOCK_MONOTONIC) {
  const int64_t start = Nanos(clock);
  work();
  return static_cast<double>(Nanos(clock) - start) / 1e6;
}

std::string Summary(std::vector<double> milliseconds) {
  std::sort(milliseconds.begin(), milliseconds.end());
  char text[64];
  std::snprintf(text, sizeof(text), "%.2f ms (%.2f)",
                milliseconds[milliseconds.size() / 2], milliseconds[0]);
  return text;
}

double ResidentMebibytes() {
  long pages = 0;
  FILE* file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr) return 0;
  if (std::fscanf(file, "%*d %ld", &pages) != 1) pages = 0;
  std::fclose(file);
  return static_cast<double>(pages * sysconf(_SC_PAGESIZE)) / 1048576;
}

void Exit(const Error& error) {
  std::fprintf(stderr, "%s\n", error.message());
  std::exit(1);
}

// Threads that wait until the object goes, and use up CPU time when told to.
// The labels of each are its number, from 1.
class Threads {
 public:
  explicit Threads(size_t number) {
    sem_init(&turns_, 0, 2);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, size_t{128} << 10);
    threads_.resize(number);
    for (pthread_t& thread : threads_) {
      if (pthread_create(&thread, &attributes, Run, this) != 0) {
        std::perror("pthread_create");
        std::exit(1);
      }
    }
  }
  ~Threads() {
    Tell(kEnd);
    for (const pthread_t thread : threads_) pthread_join(thread, nullptr);
  }
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

  // Each uses up that much CPU time in a row, two at a time.
  void Spin(int64_t nanos) {
    Tell(nanos);
    while (spun_.load() < threads_.size()) usleep(1000);
  }

 private:
  static constexpr int64_t kEnd = -1;

  void Tell(int64_t nanos) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      order_ = nanos;
      ++orders_;
    }
    told_.notify_all();
  }

  static void* Run(void* self) {
    auto* threads = static_cast<Threads*>(self);
    SetCurrentLabels(++threads->numbers_);
    for (int seen = 0;; ++seen) {
      std::unique_lock<std::mutex> lock(threads->mutex_);
      threads->told_.wait(lock, [&] { return threads->orders_ > seen; });
      const int64_t order = threads->order_;
      lock.unlock();
      if (order == kEnd) return nullptr;
      sem_wait(&threads->turns_);
      const int64_t end = Nanos(CLOCK_THREAD_CPUTIME_ID) + order;
      while (Nanos(CLOCK_THREAD_CPUTIME_ID) < end) {
      }
      sem_post(&threads->turns_);
      ++threads->spun_;
    }
  }

  std::vector<pthread_t> threads_;
  std::mutex mutex_;
  std::condition_variable told_;
  int64_t order_ = 0;
  int orders_ = 0;
  sem_t turns_;
  std::atomic<uint32_t> numbers_{0};
  std::atomic<size_t> spun_{0};
};

void StartAndStop(size_t number) {
  const Threads threads(number);
  std::vector<double> starts;
  std::vector<double> stops;
  for (int i = 0; i < 9; ++i) {
    SampleSet set(SampleSet::Regions::kLeaveOut);
    Error notice;
    Error error;
    starts.push_back(MillisecondsOf([&] {
      error = Listen(kCpu, {100, 0}, &set, &notice);
    }));
    if (error) Exit(error);
    stops.push_back(MillisecondsOf([&] { Unlisten(kCpu, &set); }));
  }
  std::printf("%6zu threads: start %s, stop %s\n", number,
              Summary(starts).c_str(), Summary(stops).c_str());
}

void MemoryOfThreads(size_t number) {
  Threads threads(number);
  const double before = ResidentMebibytes();
  SampleSet set(SampleSet::Regions::kLeaveOut);
  Error notice;
  const Error error = Listen(kCpu, {1000, 0}, &set, &notice);
  if (error) Exit(error);
  timespec tick;
  clock_getres(CLOCK_MONOTONIC_COARSE, &tick);
  threads.Spin(5 * tick.tv_nsec);
  const double after = ResidentMebibytes();
  Unlisten(kCpu, &set);
  int64_t samples = 0;
  int64_t nanos = 0;
  std::set<uint32_t> sampled;
  for (const SampleRow& row : set.Samples(kCpu)) {
    if (row.labels != 0) sampled.insert(row.labels);
    samples += row.values[0];
    nanos += row.values[1];
  }
  std::printf("%zu of %zu threads have the %lld samples of %.1f s: %.1f MiB\n",
              sampled.size(), number, static_cast<long long>(samples),
              static_cast<double>(nanos) / 1e9, after - before);
}

void Spin(double milliseconds) {
  const int64_t start = Nanos(CLOCK_MONOTONIC);
  while (static_cast<double>(Nanos(CLOCK_MONOTONIC) - start) <
         milliseconds * 1e6) {
  }
}

// How many times the scheduler has taken the processor from this thread.
long Preemptions() {
  rusage usage;
  getrusage(RUSAGE_THREAD, &usage);
  return usage.ru_nivcsw;
}

// The longest time that an allocation took beside `work`, in milliseconds,
// without those that another thread's turn came into: on a busy machine that is
// a tick now and then, whatever we do.
double LongestAllocationBeside(const std::function<void()>& work) {
  std::atomic<bool> ready{false};
  std::atomic<bool> done{false};
  int64_t longest = 0;
  std::thread allocating([&] {
    while (!done) {
      const long preemptions = Preemptions();
      const int64_t start = Nanos(CLOCK_MONOTONIC);
      void* block = malloc(100);
      asm volatile("" : "+r"(block) : : "memory");
      free(block);
      const int64_t took = Nanos(CLOCK_MONOTONIC) - start;
      if (ready && Preemptions() == preemptions) {
        longest = std::max(longest, took);
      }
    }
  });
  // Long enough for the scheduler to give each thread a processor of its own.
  Spin(50);
  ready = true;
  work();
  done = true;
  allocating.join();
  return static_cast<double>(longest) / 1e6;
}

void SnapshotOfRows(size_t number) {
  const Error error = SetRate(kHeap, 1);
  if (error) Exit(error);
  std::vector<std::unique_ptr<char[]>> blocks;
  for (size_t i = 0; i < number; ++i) blocks.emplace_back(new char[100 + i]);
  std::vector<double> times;
  std::vector<double> cpu_times;
  std::vector<double> longest_beside;
  std::vector<double> longest_alone;
  size_t rows = 0;
  for (int i = 0; i < 9; ++i) {
    longest_beside.push_back(LongestAllocationBeside([&] {
      times.push_back(MillisecondsOf([&] {
        SampleSet set(SampleSet::Regions::kLeaveOut);
        const Error failure = TakeSnapshot(kHeap, &set);
        if (failure) Exit(failure);
        rows = set.Samples(kHeap).size;
      }));
      cpu_times.push_back(MillisecondsOf(
          [] {
            SampleSet set(SampleSet::Regions::kLeaveOut);
            TakeSnapshot(kHeap, &set);
          },
          CLOCK_THREAD_CPUTIME_ID));
    }));
    longest_alone.push_back(
        LongestAllocationBeside([&] { Spin(times.back()); }));
  }
  std::printf(
      "snapshot of %zu rows: %s, of CPU time %s; longest allocation in another "
      "thread "
      "meanwhile %s, beside a loop that takes as long %s\n",
      rows, Summary(times).c_str(), Summary(cpu_times).c_str(),
      Summary(longest_beside).c_str(), Summary(longest_alone).c_str());
}

}  // namespace
}  // namespace bench_profiler

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what.empty() || what == "start") {
    for (const size_t number : {10, 1000, 4000}) {
      bench_profiler::StartAndStop(number);
    }
  }
  if (what.empty() || what == "memory") bench_profiler::MemoryOfThreads(5000);
  if (what.empty() || what == "snapshot") {
    bench_profiler::SnapshotOfRows(100000);
  }
  return 0;
}
