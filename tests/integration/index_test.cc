// Runs a real benchmark program and compares index.json with what Google
// Benchmark tells of the same run.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/support/json.h"
#include "tests/support/program.h"
#include "tests/support/run_in.h"

namespace bench_profiler {
namespace {

// The index of each profile tells of each repetition what Google Benchmark
// does.
TEST(Index, HasEachRepetition) {
  const TemporaryFolder folder;
  const ProgramResult result = RunIn(
      folder, "heap_bench",
      {"--benchmem", "--cpuprofile=cpu.prof", "--memprofile=mem.prof",
       "--benchmark_repetitions=3", "--benchmark_filter=^BM_(Known|Threads)",
       "--benchmark_min_time=0.01", "--benchmark_format=json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  std::map<std::string, std::vector<Json>> runs_of;
  const Json out = Json::Parse(result.out);
  for (const Json& run : out["benchmarks"]) {
    if (run["run_type"] != "iteration") continue;
    runs_of[run["run_name"].Text()].push_back(run);
  }
  EXPECT_EQ(runs_of.size(), 3u) << result.out;
  for (const char* profile : {"cpu.prof", "mem.prof"}) {
    const Json index = Json::Parse(
        ReadFile(folder / (profile + std::string(".d/index.json"))));
    EXPECT_EQ(index["format"], 2);
    EXPECT_EQ(index["benchmem"], true);
    EXPECT_NE(index["context"]["command"].Text().find("--benchmem"),
              std::string::npos);
    EXPECT_TRUE(index["context"]["compiler"].IsString());
    double start = 0;
    for (const Json& entry : index["benchmarks"]) {
      std::map<std::string, double> sums;
      const std::vector<Json>& expected = runs_of[entry["name"].Text()];
      ASSERT_EQ(entry["runs"].size(), 3u) << entry;
      ASSERT_EQ(expected.size(), 3u) << entry;
      for (size_t i = 0; i < 3; ++i) {
        const Json& run = entry["runs"][i];
        const double iterations = run["iterations"].Number();
        EXPECT_EQ(run["repetition"], i + 1);
        EXPECT_GT(run["start_nanos"].Number(), start) << run;
        start = run["start_nanos"].Number();
        EXPECT_EQ(expected[i]["iterations"], iterations);
        const auto nanos = [&](const char* seconds) {
          return run[seconds].Number() * 1e9 / iterations;
        };
        const double cpu = expected[i]["cpu_time"].Number();
        const double real = expected[i]["real_time"].Number();
        EXPECT_NEAR(nanos("cpu_seconds"), cpu, cpu * 1e-9) << run;
        EXPECT_NEAR(nanos("real_seconds"), real, real * 1e-9) << run;
        EXPECT_EQ(run["allocs"],
                  expected[i]["allocs/op"].Number() * iterations);
        EXPECT_EQ(run["bytes"], expected[i]["B/op"].Number() * iterations);
        for (const char* sum :
             {"iterations", "samples", "cpu_seconds", "real_seconds"}) {
          sums[sum] += run[sum].Number();
        }
      }
      for (const auto& [name, sum] : sums) {
        EXPECT_DOUBLE_EQ(entry[name].Number(), sum) << name << entry;
      }
    }
  }
}

}  // namespace
}  // namespace bench_profiler
