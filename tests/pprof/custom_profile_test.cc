// Profiles of the program's own.
#include <algorithm>
#include <sstream>
#include <thread>
#include <vector>

#include "tests/pprof/api_fixture.h"

namespace bench_profiler {
namespace {

class CustomProfileTest : public ApiTest {
 protected:
  // Profiles stay: each test has one of its own.
  pprof::Profile* profile_ = pprof::NewProfile(
      (std::string("test.") +
       testing::UnitTest::GetInstance()->current_test_info()->name())
          .c_str());

  ProfileView Written() {
    EXPECT_OK(profile_->WriteTo(path_));
    return ReadProfile(path_);
  }
};

__attribute__((noinline)) Error Open(pprof::Profile* profile, const void* value,
                                     int skip) {
  const Error error = profile->Add(value, skip);
  asm volatile("");  // no tail call
  return error;
}

__attribute__((noinline)) Error CallsOpen(pprof::Profile* profile,
                                          const void* value, int skip) {
  const Error error = Open(profile, value, skip);
  asm volatile("");
  return error;
}

TEST_F(CustomProfileTest, HasTheStacksOfItsValues) {
  const int values[3] = {};
  EXPECT_OK(Open(profile_, &values[0], 0));
  EXPECT_OK(Open(profile_, &values[1], 0));
  EXPECT_OK(CallsOpen(profile_, &values[2], 1));
  EXPECT_EQ(profile_->Count(), 3);
  const ProfileView view = Written();
  ASSERT_TRUE(view.valid) << view.problem;
  EXPECT_EQ(view.types,
            std::vector<std::string>{std::string(profile_->name()) + "/count"});
  EXPECT_EQ(view.Sum(profile_->name()), 3);
  for (const SampleView& sample : view.samples) {
    ASSERT_FALSE(sample.functions.empty());
    const bool skipped =
        sample.functions[0].find("CallsOpen") == 0 ||
        sample.functions[0].find("::CallsOpen") != std::string::npos;
    EXPECT_TRUE(skipped ||
                sample.functions[0].find("Open") != std::string::npos)
        << sample.functions[0];
    EXPECT_FALSE(sample.Has("Profile::Add"));
    EXPECT_EQ(skipped, sample.Has("CallsOpen"));
    EXPECT_TRUE(sample.Has("main"));
  }
}

TEST_F(CustomProfileTest, WhatIsRemovedIsGone) {
  const int values[2] = {};
  EXPECT_OK(Open(profile_, &values[0], 0));
  EXPECT_OK(CallsOpen(profile_, &values[1], 0));
  profile_->Remove(&values[0]);
  profile_->Remove(&values[0]);
  profile_->Remove(nullptr);
  EXPECT_EQ(profile_->Count(), 1);
  const ProfileView view = Written();
  EXPECT_EQ(view.Sum(profile_->name()), 1);
  EXPECT_TRUE(view.samples.at(0).Has("CallsOpen"));
  profile_->Remove(&values[1]);
  EXPECT_EQ(Written().Sum(profile_->name()), 0);
}

TEST_F(CustomProfileTest, AsText) {
  const int values[2] = {};
  for (const int& value : values) EXPECT_OK(Open(profile_, &value, 0));
  std::ostringstream text;
  EXPECT_OK(profile_->WriteTo(text, 1));
  const std::string first =
      std::string(profile_->name()) + " profile: total 2\n2 @ 0x";
  EXPECT_EQ(text.str().substr(0, first.size()), first);
  EXPECT_NE(text.str().find("Open"), std::string::npos) << text.str();
}

TEST_F(CustomProfileTest, AddOfTheSameValueTwiceIsAnError) {
  const int value = 0;
  EXPECT_OK(profile_->Add(&value, 0));
  EXPECT_STREQ(profile_->Add(&value, 0).message(),
               "pprof: Profile.Add of duplicate value");
  EXPECT_EQ(profile_->Count(), 1);
  profile_->Remove(&value);
  EXPECT_OK(profile_->Add(&value, 0));
  EXPECT_OK(profile_->Add(nullptr, 0));
  EXPECT_TRUE(profile_->Add(nullptr, 0));
}

TEST_F(CustomProfileTest, ASkipThatIsTooLargeLeavesTheOutermostFrame) {
  const int values[2] = {};
  EXPECT_OK(profile_->Add(&values[0], 1000));
  EXPECT_OK(profile_->Add(&values[1], -1));
  const ProfileView view = Written();
  EXPECT_EQ(view.Sum(profile_->name()), 2);
  EXPECT_TRUE(std::any_of(
      view.samples.begin(), view.samples.end(),
      [](const SampleView& sample) { return sample.functions.size() == 1; }));
}

TEST_F(CustomProfileTest, ManyValues) {
  std::vector<char> values(100'000);
  for (const char& value : values) ASSERT_OK(profile_->Add(&value, 0));
  EXPECT_EQ(profile_->Count(), 100'000);
  for (size_t i = 0; i < values.size(); i += 2) profile_->Remove(&values[i]);
  EXPECT_EQ(profile_->Count(), 50'000);
  for (size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(static_cast<bool>(profile_->Add(&values[i], 0)), i % 2 == 1) << i;
  }
  EXPECT_EQ(Written().Sum(profile_->name()), 100'000);
}

TEST_F(CustomProfileTest, ManyThreadsAtATime) {
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([this] {
      std::vector<char> values(1000);
      for (int round = 0; round < 3; ++round) {
        for (const char& value : values) {
          EXPECT_OK(Open(profile_, &value, 0));
        }
        EXPECT_OK(profile_->WriteTo([](const char*, size_t) { return true; }));
        for (const char& value : values) profile_->Remove(&value);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(profile_->Count(), 0);
}

TEST_F(CustomProfileTest, NamesAreTakenOnce) {
  EXPECT_EQ(pprof::NewProfile(profile_->name()), nullptr);
  EXPECT_EQ(pprof::NewProfile("heap"), nullptr);
  EXPECT_EQ(pprof::NewProfile(""), nullptr);
  EXPECT_EQ(pprof::NewProfile(nullptr), nullptr);
  EXPECT_EQ(pprof::NewProfile(std::string(1 << 20, 'x').c_str()), nullptr);
  EXPECT_EQ(pprof::Lookup(profile_->name()), profile_);
  EXPECT_EQ(pprof::Lookup("test.no such profile"), nullptr);
  EXPECT_EQ(pprof::Lookup("cpu"), nullptr);
}

TEST_F(CustomProfileTest, ProfilesAreSortedByName) {
  const std::string name = profile_->name();
  EXPECT_NE(pprof::NewProfile((name + "b").c_str()), nullptr);
  EXPECT_NE(pprof::NewProfile((name + "a").c_str()), nullptr);
  std::vector<std::string> names;
  for (const pprof::Profile* profile : pprof::Profiles()) {
    names.push_back(profile->name());
  }
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  for (const char* built_in : {"allocs", "heap"}) {
    EXPECT_EQ(std::count(names.begin(), names.end(), built_in), 1) << built_in;
  }
  EXPECT_EQ(std::count(names.begin(), names.end(), name), 1);
}

TEST_F(CustomProfileTest, BuiltInOnesKeepThemselves) {
  const int value = 0;
  EXPECT_STREQ(pprof::Lookup("heap")->Add(&value, 0).message(),
               "pprof: Add called on built-in Profile heap");
  pprof::Lookup("heap")->Remove(&value);
}

}  // namespace
}  // namespace bench_profiler
