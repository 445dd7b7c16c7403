#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

#include "bench_profiler/region.h"

namespace bench_profiler {
namespace {

Activity Current() { return Activity::Unpack(CurrentActivity()); }

TEST(Activity, PacksAndUnpacks) {
  Activity activity;
  activity.run = 0xfedcba98;
  activity.thread = 0x7654;
  activity.phase = Phase::kPaused;
  const Activity copy = Activity::Unpack(activity.Pack());
  EXPECT_EQ(copy.run, activity.run);
  EXPECT_EQ(copy.thread, activity.thread);
  EXPECT_EQ(copy.phase, activity.phase);
}

TEST(Activity, IsOtherOutsideOfRuns) {
  EXPECT_EQ(Current().run, 0u);
  EXPECT_EQ(Current().phase, Phase::kOther);
  SetPhase(Phase::kTimed);  // does nothing here
  EXPECT_EQ(Current().phase, Phase::kOther);
}

TEST(Activity, FollowsThePhasesOfARun) {
  {
    const RunScope scope(7, 2);
    EXPECT_EQ(Current().run, 7u);
    EXPECT_EQ(Current().thread, 2);
    EXPECT_EQ(Current().phase, Phase::kSetup);
    for (const Phase phase : {Phase::kTimed, Phase::kTimed, Phase::kPaused,
                              Phase::kTimed, Phase::kSetup}) {
      SetPhase(phase);
      EXPECT_EQ(Current().phase, phase);
    }
  }
  EXPECT_EQ(Current().run, 0u);
}

TEST(Activity, ScopesKnowWhetherTheyWereTimed) {
  {
    const RunScope scope(7, 0);
    EXPECT_FALSE(scope.was_timed());
    SetPhase(Phase::kTimed);
    SetPhase(Phase::kSetup);
    EXPECT_TRUE(scope.was_timed());
  }
  const RunScope scope(8, 0);
  EXPECT_FALSE(scope.was_timed());
}

TEST(Activity, EndsWithTheScopeEvenWhenTimedOrThrown) {
  {
    const RunScope scope(7, 0);
    SetPhase(Phase::kTimed);  // a loop left by break
  }
  EXPECT_EQ(Current().phase, Phase::kOther);
  try {
    const RunScope scope(8, 0);
    SetPhase(Phase::kTimed);
    throw std::runtime_error("");
  } catch (const std::runtime_error&) {
  }
  EXPECT_EQ(Current().phase, Phase::kOther);
}

TEST(Activity, OtherThreadsInheritTheRun) {
  const auto seen_by_helper = [] {
    Activity seen;
    std::thread([&] { seen = Current(); }).join();
    return seen;
  };
  EXPECT_EQ(seen_by_helper().phase, Phase::kOther);
  {
    const RunScope scope(9, 0);
    EXPECT_EQ(seen_by_helper().run, 9u);
    EXPECT_EQ(seen_by_helper().thread, kHelperThread);
    EXPECT_EQ(seen_by_helper().phase, Phase::kSetup);
    SetPhase(Phase::kTimed);
    EXPECT_EQ(seen_by_helper().phase, Phase::kTimed);
    // One timed thread of several is enough.
    std::thread([] {
      const RunScope second(9, 1);
      SetPhase(Phase::kTimed);
      SetPhase(Phase::kPaused);
    }).join();
    EXPECT_EQ(seen_by_helper().phase, Phase::kTimed);
    SetPhase(Phase::kPaused);
    EXPECT_EQ(seen_by_helper().phase, Phase::kPaused);
  }
  EXPECT_EQ(seen_by_helper().run, 0u);
  SetOutsideRun(11);
  EXPECT_EQ(seen_by_helper().run, 11u);
  SetOutsideRun(0);
}

}  // namespace
}  // namespace bench_profiler
