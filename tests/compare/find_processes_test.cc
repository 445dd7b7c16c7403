// Which paths are which processes.
#include "bench_profiler/compare/find_processes.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "read_side_fixture.h"

namespace bench_profiler {
namespace {

TEST_F(ReadSideTest, AFolderIsAProcess) {
  MadeRun run = Sorting(1);
  run.context.build_type = "release";
  Write("cpu.prof.d", run);
  for (const char* path : {"cpu.prof.d", "cpu.prof.d/", "cpu.prof", "."}) {
    const Side side = Read({path});
    ASSERT_EQ(side.processes.size(), 1u) << path;
    const Process& process = side.processes[0];
    EXPECT_EQ(process.rate, 1000);
    EXPECT_EQ(process.start_nanos, 1);
    EXPECT_EQ(process.context.build_type, "release");
    ASSERT_EQ(process.benchmarks.size(), 1u);
    EXPECT_EQ(process.benchmarks[0].name, "BM_Sort");
    EXPECT_EQ(process.benchmarks[0].iterations, 100);
    EXPECT_DOUBLE_EQ(TimeOf(side), 1e-3);
    EXPECT_TRUE(warnings_.empty());
  }
}

TEST_F(ReadSideTest, KindsBesideEachOtherAreOneProcess) {
  MadeRun heap = Sorting(1, "heap");
  heap.benchmarks[0].allocs = 3;
  heap.benchmarks[0].bytes = 96;
  heap.rate = 524288;
  Write("old/cpu.prof.d", Sorting(1));
  Write("old/mem.prof.d", heap);
  // Counted under valgrind: in another process, at another time.
  MadeRun counted = Sorting(2, "instructions");
  counted.benchmarks[0].samples[0].value = 5000;
  counted.benchmarks[0].seconds = {7};
  Write("old/count.prof.d", counted);
  for (const Paths& paths :
       {Paths{"old"},
        Paths{"old/mem.prof.d", "old/count.prof.d", "old/cpu.prof"}}) {
    const Side side = Read(paths);
    ASSERT_EQ(side.processes.size(), 1u);
    EXPECT_EQ(side.processes[0].path, folder_ / "old");
    ASSERT_EQ(side.processes[0].benchmarks.size(), 1u);
    // Times under valgrind are none.
    EXPECT_DOUBLE_EQ(TimeOf(side), 1e-3);
    const MeasuredValue& allocs = ValueOf(side, Measure::kAllocs);
    EXPECT_DOUBLE_EQ(allocs.value, 3);
    EXPECT_FALSE(allocs.is_estimated);
    EXPECT_TRUE(allocs.has_estimated_functions);
    EXPECT_EQ(allocs.drawn, 1);
    EXPECT_EQ(SelfOf(allocs, "Sort"), 80);
    EXPECT_DOUBLE_EQ(ValueOf(side, Measure::kBytes).value, 96);
    EXPECT_EQ(SelfOf(ValueOf(side, Measure::kBytes), "Sort"), 8000);
    EXPECT_DOUBLE_EQ(ValueOf(side, Measure::kInstructions).value, 50);
    EXPECT_TRUE(warnings_.empty()) << warnings_[0];
  }
}

TEST_F(ReadSideTest, SetsOfProcesses) {
  for (int i = 1; i <= 3; ++i) {
    const std::string number = std::to_string(i);
    MadeRun run = Sorting(i);
    run.benchmarks[0].seconds = {i * 1e-3};
    Write("nested/0" + number + "/cpu.prof.d", run);
    Write("nested/0" + number + "/mem.prof.d", Sorting(i, "heap"));
    // All in one folder: they began at the same time.
    Write("flat/cpu-" + number + ".prof.d", run);
    Write("flat/mem-" + number + ".prof.d", Sorting(i, "heap"));
  }
  for (const Paths& paths :
       {Paths{"nested"}, Paths{"flat"},
        Paths{"nested/01", "nested/02", "nested/03/cpu.prof.d"}}) {
    const Side side = Read(paths);
    ASSERT_EQ(side.processes.size(), 3u) << paths[0];
    for (size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(side.processes[i].benchmarks.size(), 1u);
      EXPECT_DOUBLE_EQ(TimeOf(side, i), static_cast<double>(i + 1) * 1e-3);
    }
    EXPECT_TRUE(warnings_.empty()) << warnings_[0];
  }
}

TEST_F(ReadSideTest, WhatIsGivenTwiceCountsOnce) {
  Write("old/01/cpu.prof.d", Sorting(1));
  Write("old/02/cpu.prof.d", Sorting(1));  // a copy
  Write("old/03/cpu.prof.d", Sorting(3));
  EXPECT_EQ(Read({"old"}).processes.size(), 2u);
  ASSERT_EQ(warnings_.size(), 1u);
  EXPECT_EQ(warnings_[0], folder_ / "old/02/cpu.prof.d" +
                              " is the same run as " + folder_.path() +
                              "/old/01/cpu.prof.d; it counts once");
  EXPECT_EQ(Read({"old/01", "old/01/cpu.prof.d"}).processes.size(), 1u);
  EXPECT_EQ(warnings_.size(), 1u);
}

TEST_F(ReadSideTest, ProfilesOfWholePrograms) {
  MakeFolders(folder_ / "old");
  const std::string bytes =
      WritePprof(MadeProfile("cpu", {{{"Serve", "main"}, 7}}));
  WriteBytes(folder_ / "old/1.prof", bytes);
  WriteBytes(folder_ / "old/2.prof", bytes);
  WriteBytes(folder_ / "old/notes.txt", "no profile");
  MadeRun nothing;
  Write("empty.prof.d", nothing);
  WriteBytes(folder_ / "empty.prof", bytes);
  EXPECT_EQ(Read({"old"}).processes.size(), 2u);
  for (const char* path : {"old/1.prof", "empty.prof", "empty.prof.d"}) {
    const Side side = Read({path});
    ASSERT_EQ(side.processes.size(), 1u);
    const Process& process = side.processes[0];
    ASSERT_EQ(process.benchmarks.size(), 1u);
    EXPECT_EQ(process.benchmarks[0].name, "program");
    EXPECT_EQ(process.rate, 1000);
    EXPECT_LT(TimeOf(side), 0);
    EXPECT_EQ(SelfOf(ValueOf(side, Measure::kTime), "Serve"), 7);
  }
}

TEST_F(ReadSideTest, WhatHasNothingToCompareIsRefused) {
  MakeFolders(folder_ / "empty/empty");
  MadeRun nothing;
  Write("nothing.d", nothing);
  Write("broken.d", Sorting(1));
  WriteBytes(folder_ / "broken.d/index.json", "{]");
  WriteBytes(folder_ / "text.prof", "no profile");
  ParsedProfile other = MakeParsed({{{"main"}, 1}});
  other.value_types = {{"bananas", "count"}};
  WriteBytes(folder_ / "other.prof", WritePprof(other));
  const std::pair<const char*, const char*> cases[] = {
      {"no-such-file", "no such file or folder"},
      {"empty", "there are no profiles in it"},
      {"nothing.d", "it names no benchmark"},
      {"broken.d", "index.json: is no valid JSON"},
      {"text.prof", "text.prof: "},
      {"other.prof", "it has no values that can be compared"},
  };
  for (const auto& [path, part] : cases) {
    const std::string error = ErrorOf({path});
    EXPECT_NE(error.find(part), std::string::npos) << error;
  }
  // One good path does not hide that another is wrong.
  Write("cpu.prof.d", Sorting(1));
  EXPECT_NE(ErrorOf({"cpu.prof.d", "no-such-file"}), "");
}

}  // namespace
}  // namespace bench_profiler
