// Wall-clock profiles of benchmarks: where the time goes, and all of it.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <string>

#include "tests/support/index_view.h"
#include "tests/support/profile_view.h"
#include "tests/support/run_in.h"

namespace bench_profiler {
namespace {

class WallProfile : public testing::Test {
 protected:
  // In the profile of the benchmark, on its own threads.
  void Run(const std::string& benchmark, const std::string& file) {
    result_ = RunIn(folder_, "wall_bench",
                    {"--wallprofile=wall.prof", "--wallprofilerate=200",
                     "--benchmark_filter=" + benchmark});
    ASSERT_EQ(result_.exit_code, 0) << result_.err;
    profile_ = ReadProfile(folder_ / ("wall.prof.d/" + file));
    ASSERT_TRUE(profile_.valid) << profile_.problem;
  }

  double Seconds(const std::string& function) const {
    return 1e-9 * static_cast<double>(
                      profile_.Sum("wall", [&](const SampleView& sample) {
                        return sample.Label("thread") != "" &&
                               sample.Has(function);
                      }));
  }

  double Looks() const {
    return static_cast<double>(profile_.Sum(
        "samples",
        [](const SampleView& sample) { return sample.Label("thread") != ""; }));
  }

  double Printed(const std::string& what) const {
    const size_t at = result_.out.find(what + " ");
    EXPECT_NE(at, std::string::npos) << result_.out;
    return std::atof(result_.out.c_str() + at + what.size() + 1);
  }

  // Functions whose shares are more than five standard errors from what the
  // program has measured.
  std::string WrongShares() const {
    std::string wrong;
    const double total = RealSeconds();
    const double looks = Looks();
    // A busy machine has fewer, each of which stands for more time.
    EXPECT_GT(looks, 50);
    for (const auto& [function, what] :
         {std::pair<const char*, const char*>{"ReadForAWhile", "read"},
          {"SleepForAWhile", "sleep"},
          {"LockForAWhile", "lock"}}) {
      const double share = Printed(what) / total;
      const double seen = Seconds(function) / total;
      if (std::abs(seen - share) > 5 * std::sqrt(share * (1 - share) / looks)) {
        wrong += std::string(function) + ": " + std::to_string(seen) +
                 ", not " + std::to_string(share) + "; ";
      }
    }
    return wrong;
  }

  // Of the benchmark, as the framework reports it.
  double RealSeconds() const {
    const Json entry = EntriesIn(folder_, "wall.prof")[0];
    return entry["real_seconds"].Number() * entry["threads"].Number();
  }

  TemporaryFolder folder_;
  ProgramResult result_;
  ProfileView profile_;
};

// Where threads wait for the CPU, looks come when one of them gives way, and
// not at random times. So there may be another try.
TEST_F(WallProfile, SharesOfWaits) {
  std::string wrong;
  for (int i = 0; i < 3; ++i) {
    Run("BM_Waits", "BM_Waits_iterations_250_real_time.prof");
    wrong = WrongShares();
    if (wrong.empty()) break;
  }
  EXPECT_EQ(wrong, "");
  for (const auto& [function, state] :
       {std::pair<const char*, const char*>{"ReadForAWhile", "read"},
        {"SleepForAWhile", "clock_nanosleep"},
        {"LockForAWhile", "futex"}}) {
    EXPECT_GT(profile_.Sum("wall",
                           [name = function, state_name = std::string(state)](
                               const SampleView& sample) {
                             return sample.Has(name) &&
                                    sample.Label("state") == state_name;
                           }),
              0)
        << function;
  }
}

// The first and the last look of the loop stand for some time outside of it, or
// miss some. What Google Benchmark reports is the time of one thread before
// version 1.9, and of all since.
TEST_F(WallProfile, TotalIsTheTimeOfAllThreads) {
  Run("BM_TwoThreads", "BM_TwoThreads_iterations_300_real_time_threads_2.prof");
  EXPECT_NEAR(Seconds(""), Printed("loop"), 0.1 * Printed("loop"));
  EXPECT_GT(Seconds("SpinFor"), 0);
}

TEST_F(WallProfile, InEveryFormOfItsFlags) {
  const ProgramResult wrong =
      RunIn(folder_, "wall_bench",
            {"--wallprofile=wall.prof", "--wallprofilerate=5000"});
  EXPECT_EQ(wrong.exit_code, 1);
  EXPECT_NE(wrong.err.find("--wallprofilerate=5000: must be a whole number "
                           "from 1 to 1000"),
            std::string::npos)
      << wrong.err;
  const ProgramResult help = RunIn(folder_, "wall_bench", {"--help"});
  EXPECT_NE(help.out.find("--wallprofile=<FILE>"), std::string::npos);
  EXPECT_EQ(help.out.find("[--=<FILE>]"), std::string::npos);
}

}  // namespace
}  // namespace bench_profiler
