// Where threads spend their time, on and off the CPU.
#include <dirent.h>
#include <poll.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <string>
#include <thread>

#include "tests/pprof/api_fixture.h"

namespace bench_profiler {
namespace {

using WallProfileTest = ApiTest;

int64_t Nanos() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * int64_t{1000000000} + time.tv_nsec;
}

__attribute__((noinline)) void Sleep(int64_t milliseconds) {
  const timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  nanosleep(&time, nullptr);
  asm volatile("" : : : "memory");
}

__attribute__((noinline)) void Poll(int milliseconds) {
  poll(nullptr, 0, milliseconds);
  asm volatile("" : : : "memory");
}

__attribute__((noinline)) void Work(int64_t milliseconds) {
  const int64_t end = Nanos() + milliseconds * 1000000;
  while (Nanos() < end) {
  }
  asm volatile("" : : : "memory");
}

// All threads of the process. One that empties buffers, if need be, looks once
// a second whether it is still needed.
int Tasks() {
  int count = 0;
  DIR* folder = opendir("/proc/self/task");
  while (const dirent* entry = readdir(folder)) {
    if (entry->d_name[0] != '.') ++count;
  }
  closedir(folder);
  return count;
}

auto In(const char* function) {
  return [function](const SampleView& sample) { return sample.Has(function); };
}

// At 1000 looks a second. Of a busy machine's time the profile gets what is
// left, but each look stands for the time since the one before.
TEST_F(WallProfileTest, ShowsTimeOnAndOffTheCpu) {
  const int threads_before = Tasks();
  ASSERT_OK(pprof::StartWallProfile(path_, {1000}));
  const int64_t start = Nanos();
  std::thread sleeper([] { Sleep(600); });
  Poll(300);
  Work(300);
  sleeper.join();
  const auto elapsed = static_cast<double>(Nanos() - start);
  ASSERT_OK(pprof::StopWallProfile());
  for (int i = 0; i < 3000 && Tasks() != threads_before; ++i) Sleep(1);
  EXPECT_EQ(Tasks(), threads_before);
  const ProfileView profile = ReadProfile(path_);
  ASSERT_TRUE(profile.valid) << profile.problem;
  EXPECT_EQ(profile.types,
            (std::vector<std::string>{"samples/count", "wall/nanoseconds"}));
  EXPECT_EQ(profile.default_type, "wall");
  const auto wall = [&](const char* function) {
    return static_cast<double>(profile.Sum("wall", In(function)));
  };
  EXPECT_NEAR(wall("Sleep"), 600e6, 150e6);
  EXPECT_NEAR(wall("Poll"), 300e6, 150e6);
  if (kCanSample) {
    EXPECT_NEAR(wall("Work"), 300e6, 150e6);
  }
  // Two threads for most of the time. ThreadSanitizer has one of its own.
  if (kCanSample) {
    EXPECT_NEAR(static_cast<double>(profile.Sum("wall")), 2 * elapsed,
                0.3 * elapsed);
  }
  EXPECT_GT(profile.Sum("samples"), 100);
  // It may be seen before it sleeps, and where others use the machine, after.
  const int64_t asleep = profile.Sum("wall", [](const SampleView& sample) {
    return sample.Has("Sleep") && sample.Label("state") == "clock_nanosleep";
  });
  EXPECT_GT(static_cast<double>(asleep), 0.7 * wall("Sleep"));
  for (const SampleView& sample : profile.samples) {
    EXPECT_FALSE(sample.Has("Sampler")) << sample.functions[0];
  }
}

TEST_F(WallProfileTest, OnlyOneAtATime) {
  ASSERT_OK(pprof::StartWallProfile(path_));
  EXPECT_STREQ(pprof::StartWallProfile(path_).message(),
               "wall profiling already in use");
  ASSERT_OK(pprof::StopWallProfile());
  ASSERT_OK(pprof::StopWallProfile());
  EXPECT_NE(std::string(pprof::StartWallProfile(path_, {0}).message())
                .find("rate of 0 is not from 1 to 1000"),
            std::string::npos);
}

TEST_F(WallProfileTest, CanBeStartedAgainAndAgain) {
  const int threads_before = Tasks();
  for (int i = 0; i < 20; ++i) {
    ASSERT_OK(pprof::StartWallProfile(path_, {1000}));
    Sleep(5);
    ASSERT_OK(pprof::StopWallProfile());
    EXPECT_LE(Tasks(), threads_before + 1);
  }
  EXPECT_GT(ReadProfile(path_).Sum("wall", In("Sleep")), 0);
}

TEST_F(WallProfileTest, WithACpuProfile) {
  if (!kCanSample) GTEST_SKIP();
  ASSERT_OK(pprof::StartWallProfile(path_, {1000}));
  ASSERT_OK(pprof::StartCpuProfile(folder_ / "cpu.pprof", {1000}));
  Work(300);
  ASSERT_OK(pprof::StopCpuProfile());
  ASSERT_OK(pprof::StopWallProfile());
  const ProfileView cpu = ReadProfile(folder_ / "cpu.pprof");
  EXPECT_EQ(cpu.Sum("cpu", In("Sampler")), 0);
  EXPECT_EQ(cpu.Sum("cpu", In("could not be sampled")), 0);
  EXPECT_GT(cpu.Sum("cpu", In("Work")), 0);
  EXPECT_GT(ReadProfile(path_).Sum("wall", In("Work")), 0);
}

TEST_F(WallProfileTest, AForkedChildStartsItsOwn) {
  if (!kCanSample) GTEST_SKIP() << "ThreadSanitizer forbids it threads";
  ASSERT_OK(pprof::StartWallProfile(path_, {1000}));
  for (int i = 0; i < 10; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      bool good = Tasks() == 1;
      const std::string mine = folder_ / "child.pprof";
      good = good && !pprof::StartWallProfile(mine, {1000});
      Sleep(20);
      good = good && !pprof::StopWallProfile();
      _exit(good && ReadProfile(mine).Sum("wall", In("Sleep")) > 0 ? 0 : 1);
    }
    int status = -1;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  ASSERT_OK(pprof::StopWallProfile());
  EXPECT_GT(ReadProfile(path_).Sum("wall", In("wait4")), 0);
}

// Threads that come and go between two looks, and at them.
TEST_F(WallProfileTest, ShortThreads) {
  ASSERT_OK(pprof::StartWallProfile(path_, {1000}));
  const int64_t start = Nanos();
  while (Nanos() - start < 300 * int64_t{1000000}) {
    std::thread([] { Work(1); }).join();
  }
  ASSERT_OK(pprof::StopWallProfile());
  const ProfileView profile = ReadProfile(path_);
  ASSERT_TRUE(profile.valid) << profile.problem;
  EXPECT_GT(profile.Sum("wall"), 200 * int64_t{1000000});
}

}  // namespace
}  // namespace bench_profiler
