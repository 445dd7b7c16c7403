// Runs real benchmark programs with --memprofile and --benchmem, and compares
// with what they are known to allocate.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

#include "tests/support/json.h"
#include "tests/support/profile_view.h"
#include "tests/support/program.h"
#include "tests/support/sanitizers.h"

namespace bench_profiler {
namespace {

ProgramResult RunIn(const TemporaryFolder& folder,
                    std::vector<std::string> flags) {
  ProgramOptions options;
  options.directory = folder.path();
  // Some benchmarks leak on purpose, which matters where the tests run under
  // AddressSanitizer.
  options.environment = {{"ASAN_OPTIONS", "detect_leaks=0"}};
  flags.insert(flags.begin(), PROGRAMS "/heap_bench");
  return RunProgram(flags, options);
}

// The results by name.
std::map<std::string, Json> Results(const std::string& out) {
  std::map<std::string, Json> results;
  const Json json = Json::Parse(out);
  for (const Json& run : json["benchmarks"]) results[run["name"].Text()] = run;
  return results;
}

TEST(Benchmem, CountsExactlyWhatTheTimedLoopAllocates) {
  const TemporaryFolder folder;
  const ProgramResult result = RunIn(
      folder,
      {"--benchmem", "--benchmark_format=json", "--benchmark_min_time=0.01"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  auto runs = Results(result.out);
  EXPECT_EQ(runs["BM_Known"]["allocs/op"], 3.0);
  EXPECT_EQ(runs["BM_Known"]["B/op"], 300.0);
  EXPECT_EQ(runs["BM_Paused/iterations:1000"]["allocs/op"], 1.0);
  EXPECT_EQ(runs["BM_Paused/iterations:1000"]["B/op"], 10.0);
  for (const char* threads : {"0/0", "500/0", "0/8"}) {
    const Json& run = runs[std::string("BM_PausedBesideThreads/") + threads +
                           "/iterations:20000"];
    EXPECT_EQ(run["allocs/op"], 1.0) << threads;
    EXPECT_EQ(run["B/op"], 10.0) << threads;
  }
  for (const char* threads : {"2", "4"}) {
    const Json& run = runs[std::string("BM_Threads/threads:") + threads];
    EXPECT_EQ(run["allocs/op"], 2.0) << threads;
    EXPECT_EQ(run["B/op"], 100.0) << threads;
  }
  EXPECT_EQ(runs["BM_HelperThread/iterations:200"]["allocs/op"], 4.0);
  EXPECT_EQ(runs["BM_HelperThread/iterations:200"]["B/op"], 100.0);
  EXPECT_EQ(runs["BM_EveryForm/iterations:100"]["allocs/op"], 21.0);
  EXPECT_EQ(runs["BM_EveryForm/iterations:100"]["B/op"], 21000.0);
  EXPECT_EQ(runs["BM_PageForms/iterations:100"]["allocs/op"], 2.0);
  EXPECT_FALSE(runs["BM_Skipped"].Has("allocs/op"));
  EXPECT_EQ(runs["BM_OwnCounter/iterations:10"]["B/op"], 12345.0);
  EXPECT_EQ(runs["BM_OwnCounter/iterations:10"]["allocs/op"], 1.0);
}

TEST(Benchmem, StandsInConsoleAndCsvAndAggregates) {
  const TemporaryFolder folder;
  ProgramResult result =
      RunIn(folder, {"--benchmem", "--benchmark_filter=Known",
                     "--benchmark_repetitions=3", "--benchmark_min_time=0.01",
                     "--benchmark_out=out.csv", "--benchmark_out_format=csv"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("B/op=300 allocs/op=3"), std::string::npos)
      << result.out;
  const std::string csv = ReadFile(folder / "out.csv");
  EXPECT_NE(csv.find("\"B/op\",\"allocs/op\""), std::string::npos) << csv;
  EXPECT_NE(csv.find("\"BM_Known_mean\""), std::string::npos) << csv;
  EXPECT_NE(csv.find(",300,3\n"), std::string::npos) << csv;
  // Without the flag nothing of it shows.
  result = RunIn(folder, {"--benchmark_filter=Known"});
  EXPECT_EQ(result.out.find("allocs/op"), std::string::npos);
}

// With --memprofilerate=1 every allocation is in the profile.
class EveryAllocation : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    const ProgramResult result = RunIn(
        *folder_, {"--memprofile=mem.prof", "--memprofilerate=1",
                   "--benchmark_filter=Known|Paused|Threads|Helper|Form|Keeps|"
                   "GivesBack",
                   "--benchmark_min_time=0.01", "--benchmark_format=json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_NE(result.err.find("heap profile: mem.prof"), std::string::npos);
    runs_ = new std::map<std::string, Json>(Results(result.out));
    whole_ = new ProfileView(ReadProfile(*folder_ / "mem.prof"));
    ASSERT_TRUE(whole_->valid) << whole_->problem;
  }
  static void TearDownTestSuite() {
    delete whole_;
    delete runs_;
    delete folder_;
  }

  static ProfileView Of(const std::string& benchmark) {
    const Json index =
        Json::Parse(ReadFile(*folder_ / "mem.prof.d/index.json"));
    for (const Json& entry : index["benchmarks"]) {
      if (entry["name"] != benchmark) continue;
      return ReadProfile(*folder_ / ("mem.prof.d/" + entry["file"].Text()));
    }
    return {};
  }
  static int64_t Iterations(const std::string& benchmark) {
    return static_cast<int64_t>((*runs_)[benchmark]["iterations"].Number());
  }

  static TemporaryFolder* folder_;
  static std::map<std::string, Json>* runs_;
  static ProfileView* whole_;
};
TemporaryFolder* EveryAllocation::folder_ = nullptr;
std::map<std::string, Json>* EveryAllocation::runs_ = nullptr;
ProfileView* EveryAllocation::whole_ = nullptr;

TEST_F(EveryAllocation, HasGosSampleTypes) {
  EXPECT_EQ(whole_->types, (std::vector<std::string>{
                               "alloc_objects/count", "alloc_space/bytes",
                               "inuse_objects/count", "inuse_space/bytes"}));
  EXPECT_EQ(whole_->default_type, "inuse_space");
  EXPECT_EQ(Of("BM_Known").default_type, "alloc_space");
}

TEST_F(EveryAllocation, BenchmarkHasItsTimedLoopExactly) {
  const ProfileView profile = Of("BM_Known");
  const int64_t iterations = Iterations("BM_Known");
  EXPECT_EQ(profile.Sum("alloc_objects"), 3 * iterations);
  EXPECT_EQ(profile.Sum("alloc_space"), 300 * iterations);
  EXPECT_EQ(profile.Sum("inuse_objects"), 0);
  for (const SampleView& sample : profile.samples) {
    EXPECT_EQ(sample.Label("bytes"), "100");
    EXPECT_TRUE(sample.Has("::TimedMalloc")) << sample.functions[0];
    EXPECT_TRUE(sample.Has("main"));
  }
}

TEST_F(EveryAllocation, ThreadsAndHelpersAreTheirs) {
  for (const char* name : {"BM_Threads/threads:2", "BM_Threads/threads:4"}) {
    EXPECT_EQ(Of(name).Sum("alloc_objects"), 2 * Iterations(name)) << name;
  }
  EXPECT_EQ(Of("BM_HelperThread/iterations:200").Sum("alloc_objects"), 4 * 200);
}

TEST_F(EveryAllocation, EachFormCounts) {
  const ProfileView profile = Of("BM_EveryForm/iterations:100");
  EXPECT_EQ(profile.Sum("alloc_objects"), 21 * 100);
  EXPECT_EQ(profile.Sum("alloc_space"), 21000 * 100);
  EXPECT_EQ(profile.Sum("inuse_objects"), 0);
  for (const SampleView& sample : profile.samples) {
    EXPECT_EQ(sample.functions[0].find("operator new"), std::string::npos);
    EXPECT_TRUE(sample.Has("BM_EveryForm"));
  }
}

TEST_F(EveryAllocation, WholeRunHasThePhases) {
  const auto objects = [](const std::string& phase, const char* function) {
    return whole_->Sum("alloc_objects", [&](const SampleView& sample) {
      return sample.Label("benchmark") == "BM_Paused/iterations:1000" &&
             sample.Label("phase") == phase && sample.Has(function);
    });
  };
  EXPECT_EQ(objects("paused", "PausedMalloc"), 1000);
  EXPECT_EQ(objects("timed", "TimedMalloc"), 1000);
  EXPECT_EQ(objects("timed", "PausedMalloc"), 0);
}

TEST_F(EveryAllocation, WhatABenchmarkKeepsIsItsOwn) {
  const ProfileView keeps = Of("BM_Keeps/iterations:10");
  const auto of_size = [](const char* size) {
    return [size](const SampleView& sample) {
      return sample.Label("bytes") == size && sample.Has("Malloc");
    };
  };
  // At its end.
  EXPECT_EQ(keeps.Sum("inuse_objects", of_size("300")), 10);
  EXPECT_EQ(keeps.Sum("inuse_objects", of_size("200")), 20);
  EXPECT_EQ(keeps.Sum("inuse_space", of_size("7000")), 7000);
  EXPECT_EQ(keeps.Sum("alloc_objects", of_size("7000")), 0);
  // At exit: the next benchmark has given back some, on another thread.
  EXPECT_EQ(whole_->Sum("inuse_objects", of_size("300")), 10);
  EXPECT_EQ(whole_->Sum("inuse_objects", of_size("200")), 0);
  EXPECT_EQ(whole_->Sum("inuse_space", of_size("7000")), 7000);
}

TEST_F(EveryAllocation, NothingOfTheProfilersOwnShows) {
  for (const SampleView& sample : whole_->samples) {
    for (const char* own : {"bench_profiler", "RunTracker", "__wrap_"}) {
      EXPECT_FALSE(sample.Has(own) && !sample.Has("__wrap_main")) << own;
    }
  }
}

// The estimator is unbiased for every size: the mean of runs, each with seeds
// of its own. One run's estimate of n blocks, each drawn with probability
// p, has the variance n (1 - p) / p; five standard errors are exceeded once in
// a million.
TEST(Sampling, IsUnbiasedForEverySize) {
  // With AddressSanitizer each takes ten times as long.
  constexpr int kRuns = kAddressSanitizer ? 3 : 30;
  constexpr double kRate = 65536;
  const std::map<int64_t, double> blocks = {
      {16, 5e5},     {100, 5e5},    {1000, 1e5},   {10000, 1e4},
      {100000, 1e3}, {400000, 250}, {1000000, 100}};
  std::map<int64_t, double> objects;
  std::map<int64_t, double> bytes;
  for (int run = 0; run < kRuns; ++run) {
    const TemporaryFolder folder;
    const ProgramResult result =
        RunIn(folder, {"--memprofile=mem.prof", "--memprofilerate=65536",
                       "--benchmark_filter=Mixed"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const ProfileView profile =
        ReadProfile(folder / "mem.prof.d/BM_Mixed_iterations_5.prof");
    ASSERT_TRUE(profile.valid) << profile.problem;
    for (const SampleView& sample : profile.samples) {
      const int64_t size = std::stoll(sample.Label("bytes"));
      objects[size] += static_cast<double>(sample.values[0]) / kRuns;
      bytes[size] += static_cast<double>(sample.values[1]) / kRuns;
    }
  }
  for (const auto& [size, count] : blocks) {
    const double p = -std::expm1(-static_cast<double>(size) / kRate);
    const double error = std::sqrt(count * (1 - p) / p / kRuns);
    // Whole numbers of objects: less than one each run by rounding.
    EXPECT_NEAR(objects[size], count, 5 * error + 1) << size;
    EXPECT_NEAR(bytes[size], count * static_cast<double>(size),
                (5 * error + 1) * static_cast<double>(size))
        << size;
  }
}

}  // namespace
}  // namespace bench_profiler
