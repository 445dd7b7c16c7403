// What created threads.
#include <sys/wait.h>
#include <unistd.h>

#include <sstream>
#include <string>
#include <thread>

#include "tests/pprof/api_fixture.h"

namespace bench_profiler {
namespace {

__attribute__((noinline)) void MakeThreads(int count) {
  for (int i = 0; i < count; ++i) std::thread([] {}).join();
  asm volatile("" : : : "memory");
}

class ThreadcreateProfileTest : public ApiTest {
 protected:
  // ThreadSanitizer makes a thread of its own when the program makes its first.
  static void SetUpTestSuite() { MakeThreads(1); }

  // How many MakeThreads has made.
  int64_t Made() {
    EXPECT_OK(pprof::Lookup("threadcreate")->WriteTo(path_));
    const ProfileView profile = ReadProfile(path_);
    EXPECT_TRUE(profile.valid) << profile.problem;
    EXPECT_EQ(profile.types, std::vector<std::string>{"threadcreate/count"});
    return profile.Sum("threadcreate", [](const SampleView& sample) {
      return sample.Has("MakeThreads");
    });
  }
};

TEST_F(ThreadcreateProfileTest, CountsThreadsByWhoMadeThem) {
  const int64_t before = Made();
  MakeThreads(3);
  EXPECT_EQ(Made(), before + 3);
  MakeThreads(2);
  EXPECT_EQ(Made(), before + 5);
}

TEST_F(ThreadcreateProfileTest, HasNoneOfTheProfilersOwn) {
  if (!kCanSample) GTEST_SKIP() << "ThreadSanitizer delays signals";
  Made();
  const int64_t before = ReadProfile(path_).Sum("threadcreate");
  ASSERT_OK(pprof::StartWallProfile(folder_ / "wall.pprof"));
  ASSERT_OK(pprof::StopWallProfile());
  Made();
  EXPECT_EQ(ReadProfile(path_).Sum("threadcreate"), before);
}

TEST_F(ThreadcreateProfileTest, TextIsAsGosIs) {
  MakeThreads(1);
  std::ostringstream text;
  Made();
  const int64_t total = ReadProfile(path_).Sum("threadcreate");
  ASSERT_OK(pprof::Lookup("threadcreate")->WriteTo(text, 1));
  const std::string head =
      "threadcreate profile: total " + std::to_string(total) + "\n";
  EXPECT_EQ(text.str().substr(0, head.size()), head);
  EXPECT_NE(text.str().find("MakeThreads"), std::string::npos) << text.str();
}

TEST_F(ThreadcreateProfileTest, AForkedChildHasItsOwn) {
  if (!kCanSample)
    GTEST_SKIP() << "children of ThreadSanitizer make no threads";
  MakeThreads(1);
  const pid_t child = fork();
  if (child == 0) {
    bool good = Made() == 0;
    MakeThreads(4);
    good = good && Made() == 4;
    _exit(good ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace bench_profiler
