// CPU profiles that a program starts and stops.
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "tests/pprof/api_fixture.h"

namespace bench_profiler {
namespace {

class CpuProfileTest : public SamplingApiTest {};

__attribute__((noinline)) void WorkBefore() {
  SpinFor(0.05);
  spin_sink = 1;  // no tail call
}
__attribute__((noinline)) void WorkInside() {
  SpinFor(0.2);
  spin_sink = 2;
}

double Seconds(const ProfileView& profile, const std::string& function) {
  return 1e-9 *
         static_cast<double>(profile.Sum("cpu", [&](const SampleView& sample) {
           return sample.Has(function);
         }));
}

TEST_F(CpuProfileTest, HasWhatRanBetweenStartAndStop) {
  WorkBefore();
  ASSERT_OK(pprof::StartCpuProfile(path_));
  WorkInside();
  std::thread(WorkInside).join();
  EXPECT_FALSE(FileExists(path_));
  ASSERT_OK(pprof::StopCpuProfile());
  WorkBefore();
  const ProfileView profile = ReadProfile(path_);
  ASSERT_TRUE(profile.valid) << profile.problem;
  EXPECT_NEAR(Seconds(profile, "WorkInside"), 0.4, 0.1);
  EXPECT_EQ(Seconds(profile, "WorkBefore"), 0);
  EXPECT_TRUE(profile.HasComment("100"));
}

TEST_F(CpuProfileTest, AgainAndAgainEachOnItsOwn) {
  for (int i = 0; i < 3; ++i) {
    ASSERT_OK(pprof::StartCpuProfile(path_));
    WorkInside();
    ASSERT_OK(pprof::StopCpuProfile());
    EXPECT_NEAR(Seconds(ReadProfile(path_), "WorkInside"), 0.2, 0.08);
  }
}

TEST_F(CpuProfileTest, WrongOrderIsAnErrorOrHarmless) {
  EXPECT_OK(pprof::StopCpuProfile());
  ASSERT_OK(pprof::StartCpuProfile(path_));
  const std::string other = folder_ / "other.pprof";
  EXPECT_STREQ(pprof::StartCpuProfile(other).message(),
               "cpu profiling already in use");
  const pprof::CpuProfile scope(other);
  EXPECT_STREQ(scope.error().message(), "cpu profiling already in use");
  EXPECT_OK(pprof::StopCpuProfile());
  EXPECT_OK(pprof::StopCpuProfile());
  EXPECT_TRUE(FileExists(path_));
  EXPECT_FALSE(FileExists(other));
}

TEST_F(CpuProfileTest, AScope) {
  {
    pprof::CpuProfile scope(path_);
    EXPECT_OK(scope.error());
    EXPECT_OK(scope.Stop());
    EXPECT_TRUE(FileExists(path_));
    EXPECT_OK(scope.Stop());
    const pprof::CpuProfile other(folder_ / "other.pprof");
    EXPECT_OK(other.error());
  }
  EXPECT_TRUE(FileExists(folder_ / "other.pprof"));
  EXPECT_OK(pprof::StartCpuProfile(path_));
  EXPECT_OK(pprof::StopCpuProfile());
}

TEST_F(CpuProfileTest, RatesAndClocks) {
  for (const auto clock :
       {pprof::CpuClock::kThread, pprof::CpuClock::kTaskClock,
        pprof::CpuClock::kInstructions}) {
    pprof::CpuProfileOptions options;
    options.rate = 1000;
    options.clock = clock;
    const Error error = pprof::StartCpuProfile(path_, options);
    if (error && clock != pprof::CpuClock::kThread) {
      // Not permitted, or the processor does not show its counter.
      EXPECT_NE(std::string(error.message()).find("using --cpuprofileclock"),
                std::string::npos)
          << error.message();
      continue;
    }
    ASSERT_OK(error);
    WorkInside();
    ASSERT_OK(pprof::StopCpuProfile());
    const ProfileView profile = ReadProfile(path_);
    ASSERT_TRUE(profile.valid) << profile.problem;
    EXPECT_NEAR(Seconds(profile, "WorkInside"), 0.2, 0.08);
    EXPECT_TRUE(profile.HasComment("1000"));
  }
  for (const int64_t rate : {-1, 0, 1'000'000}) {
    pprof::CpuProfileOptions options;
    options.rate = rate;
    EXPECT_TRUE(pprof::StartCpuProfile(path_, options)) << rate;
  }
}

TEST_F(CpuProfileTest, SamplesHaveTheLabelsOfTheirMoment) {
  ASSERT_OK(pprof::StartCpuProfile(path_));
  pprof::Do({{"request", "/book/list"}, {"user", "7"}}, [] {
    WorkInside();
    std::thread(WorkInside).join();
  });
  WorkInside();
  ASSERT_OK(pprof::StopCpuProfile());
  const ProfileView profile = ReadProfile(path_);
  ASSERT_TRUE(profile.valid) << profile.problem;
  const auto labelled = [&](const char* request, const char* user) {
    return 1e-9 * static_cast<double>(
                      profile.Sum("cpu", [&](const SampleView& sample) {
                        return sample.Label("request") == request &&
                               sample.Label("user") == user;
                      }));
  };
  EXPECT_NEAR(labelled("/book/list", "7"), 0.4, 0.1);
  EXPECT_NEAR(labelled("", ""), 0.2, 0.08);
}

TEST_F(CpuProfileTest, StoppedInAnotherThreadAndInsideOfDo) {
  std::thread([this] { ASSERT_OK(pprof::StartCpuProfile(path_)); }).join();
  WorkInside();
  std::thread([] {
    pprof::Do({{"a", "b"}}, [] { EXPECT_OK(pprof::StopCpuProfile()); });
  }).join();
  // Fewer ticks than usual fall on it on a busy machine.
  EXPECT_GT(Seconds(ReadProfile(path_), "WorkInside"), 0.02);
}

TEST_F(CpuProfileTest, ThePathIsThatOfTheStart) {
  char before[4096];
  ASSERT_NE(getcwd(before, sizeof(before)), nullptr);
  ASSERT_EQ(chdir(folder_.path().c_str()), 0);
  EXPECT_OK(pprof::StartCpuProfile("inner/cpu.pprof"));
  ASSERT_EQ(chdir(before), 0);
  EXPECT_OK(pprof::StopCpuProfile());
  EXPECT_TRUE(FileExists(folder_ / "inner/cpu.pprof"));
}

TEST_F(CpuProfileTest, APathThatCannotBeWrittenIsToldAtTheStart) {
  const std::string file = folder_ / "file";
  std::ofstream(file) << "text";
  const std::string below = file + "/cpu.pprof";
  const std::string huge = folder_ / std::string(10000, 'x');
  for (const std::string& path : {std::string(), folder_.path(), below, huge}) {
    EXPECT_TRUE(pprof::StartCpuProfile(path)) << path;
    EXPECT_OK(pprof::StopCpuProfile());
  }
}

}  // namespace
}  // namespace bench_profiler
