#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

#include "bench_profiler/region.h"
#include "integrations/common/phases.h"

namespace bench_profiler {
namespace {

Activity Current() { return Activity::Unpack(CurrentActivity()); }

TEST(Activity, PacksAndUnpacks) {
  Activity activity;
  activity.run = 0xfedcba98;
  activity.thread = 0x7654;
  activity.phase = kPaused;
  const Activity copy = Activity::Unpack(activity.Pack());
  EXPECT_EQ(copy.run, activity.run);
  EXPECT_EQ(copy.thread, activity.thread);
  EXPECT_EQ(copy.phase, activity.phase);
}

TEST(Activity, IsOtherOutsideOfRuns) {
  EXPECT_EQ(Current().run, 0u);
  EXPECT_EQ(Current().phase, Phase());
  SetPhase(kTimed);  // does nothing here
  EXPECT_EQ(Current().phase, Phase());
}

TEST(Activity, FollowsThePhasesOfARun) {
  {
    const RunScope scope(7, 2, kSetup);
    EXPECT_EQ(Current().run, 7u);
    EXPECT_EQ(Current().thread, 2);
    EXPECT_EQ(Current().phase, kSetup);
    for (const Phase phase : {kTimed, kTimed, kPaused, kTimed, kSetup}) {
      SetPhase(phase);
      EXPECT_EQ(Current().phase, phase);
    }
  }
  EXPECT_EQ(Current().run, 0u);
}

TEST(Activity, ScopesKnowWhetherTheyWereMeasured) {
  {
    const RunScope scope(7, 0, kSetup);
    EXPECT_FALSE(scope.was_measured());
    SetPhase(kTimed);
    SetPhase(kSetup);
    EXPECT_TRUE(scope.was_measured());
  }
  const RunScope scope(8, 0, kSetup);
  EXPECT_FALSE(scope.was_measured());
}

TEST(Activity, EndsWithTheScopeEvenWhenTimedOrThrown) {
  {
    const RunScope scope(7, 0, kSetup);
    SetPhase(kTimed);  // a loop left by break
  }
  EXPECT_EQ(Current().phase, Phase());
  try {
    const RunScope scope(8, 0, kSetup);
    SetPhase(kTimed);
    throw std::runtime_error("");
  } catch (const std::runtime_error&) {
  }
  EXPECT_EQ(Current().phase, Phase());
}

TEST(Activity, OtherThreadsInheritTheRun) {
  const auto seen_by_helper = [] {
    Activity seen;
    std::thread([&] { seen = Current(); }).join();
    return seen;
  };
  EXPECT_EQ(seen_by_helper().phase, Phase());
  {
    const RunScope scope(9, 0, kSetup);
    EXPECT_EQ(seen_by_helper().run, 9u);
    EXPECT_EQ(seen_by_helper().thread, kHelperThread);
    EXPECT_EQ(seen_by_helper().phase, kSetup);
    SetPhase(kTimed);
    EXPECT_EQ(seen_by_helper().phase, kTimed);
    // One timed thread of several is enough.
    std::thread([] {
      const RunScope second(9, 1, kSetup);
      SetPhase(kTimed);
      SetPhase(kPaused);
    }).join();
    EXPECT_EQ(seen_by_helper().phase, kTimed);
    SetPhase(kPaused);
    EXPECT_EQ(seen_by_helper().phase, kPaused);
  }
  EXPECT_EQ(seen_by_helper().run, 0u);
  SetOutsideRun(11);
  EXPECT_EQ(seen_by_helper().run, 11u);
  SetOutsideRun(0);
}

}  // namespace
}  // namespace bench_profiler
