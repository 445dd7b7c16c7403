// What tests of reading a side share: a folder to write into, and a look at
// what was read.
#ifndef BENCH_PROFILER_TESTS_COMPARE_READ_SIDE_FIXTURE_H_
#define BENCH_PROFILER_TESTS_COMPARE_READ_SIDE_FIXTURE_H_

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bench_profiler/compare/read_side.h"
#include "made_folder.h"
#include "tests/support/program.h"

namespace bench_profiler {

using Paths = std::vector<std::string>;

inline MadeRun Sorting(int64_t start, const std::string& kind = "cpu") {
  MadeRun run;
  run.kind = kind;
  run.start = start;
  run.benchmarks = {{"BM_Sort", {1e-3}, {{{"Sort", "main"}, 80}}}};
  return run;
}

class ReadSideTest : public testing::Test {
 protected:
  // Paths are below the test's folder.
  Side Read(Paths paths) {
    for (std::string& path : paths) path = folder_ / path;
    Side side;
    std::string error;
    warnings_.clear();
    EXPECT_TRUE(ReadSide(paths, "old", &functions_, &side, &warnings_, &error))
        << error;
    EXPECT_EQ(side.title, "old");
    return side;
  }

  std::string ErrorOf(Paths paths) {
    for (std::string& path : paths) path = folder_ / path;
    Side side;
    std::string error;
    EXPECT_FALSE(
        ReadSide(paths, "old", &functions_, &side, &warnings_, &error));
    EXPECT_FALSE(error.empty());
    EXPECT_EQ(error.find('\n'), std::string::npos) << error;
    return error;
  }

  const MeasuredValue& ValueOf(const Side& side, Measure measure,
                               size_t process = 0) {
    static const MeasuredValue none;
    const auto& measures = side.processes.at(process).benchmarks.at(0).measures;
    const auto found = measures.find(measure);
    return found == measures.end() ? none : found->second;
  }

  double TimeOf(const Side& side, size_t process = 0) {
    return ValueOf(side, Measure::kTime, process).value;
  }

  // -1 if the profile has no such function.
  double SelfOf(const MeasuredValue& value, const std::string& name) {
    for (const auto& [function, cost] : value.functions) {
      if (functions_[function].name == name) return cost.self;
    }
    return -1;
  }

  double CumulativeOf(const MeasuredValue& value, const std::string& name) {
    for (const auto& [function, cost] : value.functions) {
      if (functions_[function].name == name) return cost.cumulative;
    }
    return -1;
  }

  void Write(const std::string& path, const MadeRun& run) {
    WriteMadeRun(folder_ / path, run);
  }

  TemporaryFolder folder_;
  FunctionTable functions_;
  Paths warnings_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_COMPARE_READ_SIDE_FIXTURE_H_
