// The API when everything happens at a time, or in the wrong place.
#include <dirent.h>
#include <dlfcn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <climits>
#include <cstdlib>
#include <fstream>
#include <thread>
#include <vector>

#include "tests/pprof/api_fixture.h"
#include "tests/support/sanitizers.h"

namespace bench_profiler {
namespace {

class PprofBadDays : public ApiTest {};

bool TakeAll(const char*, size_t) { return true; }

int OpenFiles() {
  int count = 0;
  DIR* folder = opendir("/proc/self/fd");
  while (readdir(folder) != nullptr) ++count;
  closedir(folder);
  return count;
}

long ResidentPages() {
  long mapped = 0;
  long resident = 0;
  std::ifstream("/proc/self/statm") >> mapped >> resident;
  return resident;
}

int Timers() {
  std::ifstream file("/proc/self/timers");
  int count = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("ID:", 0) == 0) ++count;
  }
  return count;
}

void StartAndStop(int cycles) {
  std::vector<std::thread> threads;
  std::atomic<int> started{0};
  for (int thread = 0; thread < 2; ++thread) {
    threads.emplace_back([&started, cycles] {
      for (int i = 0; i < cycles; ++i) {
        const Error error = pprof::StartCpuProfile(TakeAll);
        if (!error) ++started;
        if (error && kCanSample) {
          EXPECT_STREQ(error.message(), "cpu profiling already in use");
        }
        EXPECT_OK(pprof::StopCpuProfile());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(started.load() > 0, kCanSample);
}

TEST_F(PprofBadDays, TwoThreadsStartAndStopAndNothingGrows) {
  StartAndStop(500);
  const int files = OpenFiles();
  const int timers = Timers();
  // What is looked up for the first time is kept: not each round of these.
  long least_growth = LONG_MAX;
  for (int i = 0; i < 5; ++i) {
    const long before = ResidentPages();
    StartAndStop(900);
    least_growth = std::min(least_growth, ResidentPages() - before);
  }
  // Sanitizers remember threads, and memory that was freed.
  const bool sanitizes = kAddressSanitizer || !kCanSample;
  EXPECT_LT(least_growth, sanitizes ? 4096 : 128);
  EXPECT_LE(OpenFiles(), files);
  EXPECT_LE(Timers(), timers);
}

// Threads that do the same again and again, until the end of the scope.
class Background {
 public:
  template <class Step>
  Background(int threads, Step step) {
    for (int i = 0; i < threads; ++i) {
      threads_.emplace_back([this, step] {
        while (!done_.load()) step();
      });
    }
  }
  ~Background() {
    done_.store(true);
    for (std::thread& thread : threads_) thread.join();
  }
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

 private:
  std::atomic<bool> done_{false};
  std::vector<std::thread> threads_;
};

// Threads are born and die.
void Churn() {
  std::thread([] { Spin(20'000); }).join();
}

TEST_F(PprofBadDays, StartsWhileThreadsAreBornAndDie) {
  if (!kCanSample) GTEST_SKIP();
  const Background churn(4, Churn);
  pprof::CpuProfileOptions options;
  options.rate = 10'000;
  for (int i = 0; i < 200; ++i) {
    EXPECT_OK(pprof::StartCpuProfile(TakeAll, options));
    Spin(100'000);
    EXPECT_OK(pprof::StopCpuProfile());
  }
}

// Signals of the profile before come when the next one has begun.
TEST_F(PprofBadDays, LateSignalsAreOfNoProfile) {
  if (!kCanSample) GTEST_SKIP();
  const Background work(4, [] { Spin(1000); });
  pprof::CpuProfileOptions options;
  options.rate = 10'000;
  for (int i = 0; i < 100; ++i) {
    const double before = CpuSeconds(CLOCK_PROCESS_CPUTIME_ID);
    EXPECT_OK(pprof::StartCpuProfile(path_, options));
    Spin(1'000'000);
    EXPECT_OK(pprof::StopCpuProfile());
    const double used = CpuSeconds(CLOCK_PROCESS_CPUTIME_ID) - before;
    const ProfileView profile = ReadProfile(path_);
    EXPECT_TRUE(profile.valid) << profile.problem;
    // A tick of each thread may be of time before the start.
    EXPECT_LE(1e-9 * static_cast<double>(profile.Sum("cpu")), used + 5 * 0.01);
  }
}

TEST_F(PprofBadDays, ASlowSinkHoldsNobodyUp) {
  if (!kCanSample) GTEST_SKIP();
  std::atomic<bool> entered{false};
  std::atomic<bool> goes_on{false};
  EXPECT_OK(pprof::StartCpuProfile([&](const char*, size_t) {
    entered.store(true);
    while (!goes_on.load()) std::this_thread::yield();
    return true;
  }));
  std::thread slow([] { EXPECT_OK(pprof::StopCpuProfile()); });
  while (!entered.load()) std::this_thread::yield();
  EXPECT_OK(pprof::StartCpuProfile(path_));
  SpinFor(0.1);
  EXPECT_OK(pprof::StopCpuProfile());
  EXPECT_GT(ReadProfile(path_).Sum("cpu"), 0);
  EXPECT_OK(pprof::WriteHeapProfile(TakeAll));
  goes_on.store(true);
  slow.join();
}

TEST_F(PprofBadDays, ALibraryIsClosedBeforeItIsWritten) {
  if (!kCanSample) GTEST_SKIP();
  pprof::Profile* files = pprof::NewProfile("test.of_a_library");
  ASSERT_OK(pprof::StartCpuProfile(path_));
  void* library = dlopen(CLOSED_LIBRARY, RTLD_NOW | RTLD_LOCAL);
  ASSERT_NE(library, nullptr) << dlerror();
  using Use = void* (*)(pprof::Profile*, const void*);
  const auto use = reinterpret_cast<Use>(dlsym(library, "UseTheLibrary"));
  ASSERT_NE(use, nullptr);
  void* block = use(files, this);
  dlclose(library);
  ASSERT_EQ(dlopen(CLOSED_LIBRARY, RTLD_NOW | RTLD_NOLOAD), nullptr);
  ASSERT_OK(pprof::StopCpuProfile());
  const auto in = [](const char* function) {
    return
        [function](const SampleView& sample) { return sample.Has(function); };
  };
  EXPECT_GT(ReadProfile(path_).Sum("cpu", in("WorkOfTheLibrary")), 0);
  ASSERT_OK(pprof::WriteHeapProfile(path_));
  EXPECT_GT(ReadProfile(path_).Sum("inuse_space", in("AllocateInTheLibrary")),
            0);
  ASSERT_OK(files->WriteTo(path_));
  EXPECT_EQ(ReadProfile(path_).Sum(files->name(), in("AddInTheLibrary")), 1);
  std::free(block);
}

// What a child that was forked in the middle of it all does. Returns its
// status: 0, or which step failed.
int ChildOfAFork(pprof::Profile* profile, const std::string& path, bool own) {
  alarm(60);
  if (pprof::StopCpuProfile()) return 1;
  if (FileExists(path)) return 2;  // of the parent's profile
  if (profile->Add(&path, 0)) return 3;
  profile->Remove(&path);
  if (!own) return 0;
  const std::string child_path = path + ".child";
  if (pprof::StartCpuProfile(child_path)) return 4;
  std::thread([] { SpinFor(0.05); }).join();
  if (pprof::StopCpuProfile()) return 5;
  if (ReadProfile(child_path).Sum("cpu") <= 0) return 6;
  if (pprof::SetMemProfileRate(1) != 0) return 7;
  free(malloc(1000));
  if (pprof::WriteHeapProfile(TakeAll)) return 8;
  return 0;
}

TEST_F(PprofBadDays, ForksBetweenStartAndStopWhileThreadsChurn) {
  if (!kCanSample) GTEST_SKIP();
  if (kAddressSanitizer) {
    GTEST_SKIP() << "under AddressSanitizer such children hang by themselves: "
                    "another thread may hold a lock of its runtime";
  }
  pprof::Profile* profile = pprof::NewProfile("test.forks");
  const Background churn(3, Churn);
  const Background adds(1, [profile] {
    EXPECT_OK(profile->Add(profile, 0));
    profile->Remove(profile);
  });
  ASSERT_OK(pprof::StartCpuProfile(path_));
  for (int i = 0; i < 1000; ++i) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    const bool own = i % 50 == 0;
    if (child == 0) _exit(ChildOfAFork(profile, path_, own));
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_EQ(WIFSIGNALED(status) ? WTERMSIG(status) : 0, 0) << i;
    ASSERT_EQ(WEXITSTATUS(status), 0) << i;
  }
  EXPECT_OK(pprof::StopCpuProfile());
  EXPECT_GT(ReadProfile(path_).Sum("cpu"), 0);
}

}  // namespace
}  // namespace bench_profiler
