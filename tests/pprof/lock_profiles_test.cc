// Block and mutex profiles that a program writes when it likes.
#include <mutex>
#include <sstream>
#include <thread>

#include "tests/locks/programs/holder.h"
#include "tests/pprof/api_fixture.h"

namespace bench_profiler {
namespace {

#ifdef BENCH_PROFILER_SANITIZER
constexpr bool kHasHooks = false;
#else
constexpr bool kHasHooks = true;
#endif

class LockProfilesTest : public ApiTest {
 protected:
  void TearDown() override {
    pprof::SetBlockProfileRate(0);
    pprof::SetMutexProfileFraction(0);
  }
};

std::mutex mutex;

void Victim() { const std::lock_guard<std::mutex> lock(mutex); }

__attribute__((noinline)) void Culprit() {
  mutex.unlock();
  asm volatile("");  // no tail call
}

void HoldOnce() {
  mutex.lock();
  std::thread victim(Victim);
  SleepWhileOneWaits(&mutex, 5);
  Culprit();
  victim.join();
}

int64_t Contentions(const std::string& path) {
  const ProfileView profile = ReadProfile(path);
  EXPECT_TRUE(profile.valid) << profile.problem;
  return profile.Sum("contentions", [](const SampleView& sample) {
    return sample.Has("Culprit");
  });
}

// The first of them: nobody has asked before.
TEST_F(LockProfilesTest, AreOffUntilAsked) {
  EXPECT_EQ(pprof::SetBlockProfileRate(-1), 0);
  EXPECT_EQ(pprof::SetMutexProfileFraction(-1), 0);
  HoldOnce();
  for (const char* name : {"block", "mutex"}) {
    const pprof::Error error = pprof::Lookup(name)->WriteTo(path_);
    EXPECT_NE(std::string(error.message()).find("never turned on"),
              std::string::npos)
        << error.message();
  }
}

TEST_F(LockProfilesTest, RatesMayChangeAtAnyTime) {
  if (!kHasHooks) GTEST_SKIP() << "no hooks under a sanitizer";
  EXPECT_EQ(pprof::SetMutexProfileFraction(1), 0);
  HoldOnce();
  EXPECT_OK(pprof::Lookup("mutex")->WriteTo(path_));
  EXPECT_EQ(Contentions(path_), 1);
  EXPECT_EQ(pprof::SetMutexProfileFraction(0), 1);
  HoldOnce();  // not seen
  EXPECT_OK(pprof::Lookup("mutex")->WriteTo(path_));
  EXPECT_EQ(Contentions(path_), 1);
  EXPECT_EQ(pprof::SetMutexProfileFraction(1), 0);
  HoldOnce();
  EXPECT_OK(pprof::Lookup("mutex")->WriteTo(path_));
  EXPECT_EQ(Contentions(path_), 2);
  EXPECT_EQ(pprof::SetMutexProfileFraction(7), 1);
  EXPECT_EQ(pprof::SetMutexProfileFraction(-1), 7);
  EXPECT_EQ(pprof::SetBlockProfileRate(10000), 0);
  EXPECT_EQ(pprof::SetBlockProfileRate(-1), 10000);
}

TEST_F(LockProfilesTest, AsText) {
  if (!kHasHooks) GTEST_SKIP() << "no hooks under a sanitizer";
  pprof::SetBlockProfileRate(1);
  pprof::SetMutexProfileFraction(1);
  HoldOnce();
  std::ostringstream text;
  EXPECT_OK(pprof::Lookup("mutex")->WriteTo(text, 1));
  EXPECT_EQ(text.str().rfind("--- mutex:\ncycles/second=1000000000\n", 0), 0u)
      << text.str();
  EXPECT_NE(text.str().find("Culprit"), std::string::npos) << text.str();
  text.str("");
  EXPECT_OK(pprof::Lookup("block")->WriteTo(text, 1));
  EXPECT_EQ(text.str().rfind("--- contention:\n", 0), 0u) << text.str();
  EXPECT_GT(pprof::Lookup("block")->Count(), 0);
}

// A line says why, and nothing else happens.
TEST_F(LockProfilesTest, NotUnderASanitizer) {
  if (kHasHooks) GTEST_SKIP() << "for sanitizers";
  EXPECT_EQ(pprof::SetMutexProfileFraction(1), 0);
  const pprof::Error error = pprof::Lookup("mutex")->WriteTo(path_);
  EXPECT_NE(std::string(error.message()).find("sanitizer"), std::string::npos)
      << error.message();
}

}  // namespace
}  // namespace bench_profiler
