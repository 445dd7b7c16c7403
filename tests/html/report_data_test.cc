// Reports of folders as a run leaves them, and of what is left of a bad one.
#include "bench_profiler/html/report_data.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "bench_profiler/formats/profile_files.h"
#include "bench_profiler/html/report.h"
#include "bench_profiler/html/source_lines.h"
#include "tests/html/page_view.h"
#include "tests/support/made_up_run.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

class ReportDataTest : public testing::Test {
 protected:
  // A profile with one sample of `values` in BM_Sort, called by main.
  Profile OneSample(const std::string& kind,
                    const std::vector<TypeAndUnit>& types,
                    std::array<int64_t, kMaxSampleValues> values) {
    Code code;
    code.functions = {
        {"BM_Sort", "_Z7BM_SortRN9benchmark5StateE", folder_ / "sort.cc", 2},
        {"main", "main", folder_ / "main.cc", 1}};
    code.locations.resize(2);
    code.locations[0].lines = {{0, 5}};
    code.locations[1].lines = {{1, 3}};
    code.frames = {{0, 0}, {1, 0}, {0, 1}};
    Profile profile;
    profile.name = kind;
    profile.value_types = types;
    profile.default_value_type = types.back().type;
    profile.code = std::make_shared<const Code>(code);
    profile.label_sets.resize(1);
    Sample sample;
    sample.frame = 2;
    sample.values = values;
    profile.samples.push_back(sample);
    return profile;
  }

  Profile Cpu(int64_t samples, int64_t nanos) {
    return OneSample("cpu", {{"samples", "count"}, {"cpu", "nanoseconds"}},
                     {samples, nanos});
  }

  RegionProfile Benchmark(const std::string& name, const Profile& profile) {
    RegionProfile region;
    region.result.name = name;
    region.result.kind = &kBenchmarks;
    region.result.iterations = 1000;
    region.result.repetitions = 2;
    region.result.cpu_seconds = 0.5;
    region.result.real_seconds = 1;
    region.result.samples = 25;
    region.result.runs.resize(2);
    for (RunSummary& run : region.result.runs) {
      run.iterations = 500;
      run.cpu_seconds = 0.25;
      run.real_seconds = &run == &region.result.runs[0] ? 0.45 : 0.55;
    }
    region.profile = profile;
    return region;
  }

  // Writes folder_/NAME and folder_/NAME.d.
  std::string Write(const std::string& name, const Profile& whole,
                    const std::vector<RegionProfile>& regions) {
    RunProfiles run;
    run.path = folder_ / name;
    run.whole = whole;
    run.regions = regions;
    ProfileFiles files(run);
    EXPECT_EQ(files.Write(), "");
    return run.path + ".d";
  }

  PageData Read(const std::vector<std::string>& paths) {
    PageData data;
    std::string error;
    EXPECT_TRUE(ReadReportData(paths, &data, &error)) << error;
    return data;
  }

  std::string ErrorOf(const std::vector<std::string>& paths) {
    PageData data;
    std::string error;
    EXPECT_FALSE(ReadReportData(paths, &data, &error));
    EXPECT_EQ(error.find('\n'), std::string::npos) << error;
    return error;
  }

  void WriteText(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
  }

  TemporaryFolder folder_;
};

TEST_F(ReportDataTest, KindsOfABenchmarkAreBesideEachOther) {
  const Profile heap =
      OneSample("heap", {{"alloc_objects", "count"}, {"alloc_space", "bytes"}},
                {3000, 96000});
  const std::string cpu = Write("cpu.prof", Cpu(5, 20000),
                                {Benchmark("BM_Sort/8", Cpu(5, 20000)),
                                 Benchmark("BM_Sort/64", Cpu(5, 160000))});
  const std::string mem =
      Write("mem.prof", heap, {Benchmark("BM_Sort/64", heap)});
  const PageData data = Read({mem, cpu});
  EXPECT_EQ(data.mode, PageMode::kSuite);
  ASSERT_EQ(data.kinds.size(), 3u);
  EXPECT_EQ(data.kinds[0].name, "cpu");
  EXPECT_EQ(data.kinds[2].type, "alloc_objects");
  ASSERT_EQ(data.benchmarks.size(), 2u);
  const PageBenchmark& large = data.benchmarks[0];
  EXPECT_EQ(large.name, "BM_Sort/64");
  EXPECT_EQ(large.profiles[0]->total, 160000);
  EXPECT_EQ(large.profiles[0]->divisor, 1000);
  EXPECT_EQ(large.profiles[0]->samples, 25);
  EXPECT_DOUBLE_EQ(large.profiles[0]->more_seconds, 3);
  EXPECT_EQ(large.profiles[1]->total, 96000);
  EXPECT_EQ(large.profiles[2]->total, 3000);
  EXPECT_FALSE(data.benchmarks[1].profiles[1]);
  ASSERT_EQ(data.families.size(), 1u);
  EXPECT_EQ(data.families[0].name, "BM_Sort");
  // The function of the benchmark is there once, whatever profiles have it.
  ASSERT_EQ(data.frames.size(), 2u);
  EXPECT_EQ(data.frames[1].name, "BM_Sort");
  EXPECT_EQ(data.frames[1].full_name, "BM_Sort(benchmark::State&)");
  EXPECT_TRUE(large.profiles[0]->nodes[0].is_above);  // main
  EXPECT_FALSE(large.profiles[0]->nodes[1].is_above);
}

TEST_F(ReportDataTest, ColumnsArePerOperation) {
  RegionProfile region = Benchmark("BM_Sort", Cpu(5, 20000));
  region.result.runs[0].allocs = 2000;
  region.result.runs[1].allocs = 4000;
  region.result.per_operation = {{"delay/op", 7}};
  const PageData data = Read({Write("cpu.prof", Cpu(5, 20000), {region})});
  const PageBenchmark& benchmark = data.benchmarks[0];
  EXPECT_DOUBLE_EQ(benchmark.columns.at("real"), 1e6);
  EXPECT_DOUBLE_EQ(benchmark.columns.at("cpu"), 5e5);
  EXPECT_DOUBLE_EQ(benchmark.columns.at("allocs"), 6);
  EXPECT_DOUBLE_EQ(benchmark.columns.at("delay"), 7);
  EXPECT_EQ(benchmark.columns.count("bytes"), 0u);
  EXPECT_TRUE(benchmark.is_estimated);
  EXPECT_NEAR(benchmark.spread.at("real"), 1.2706, 1e-4);
  EXPECT_NEAR(benchmark.spread.at("cpu"), 0, 1e-9);
}

TEST_F(ReportDataTest, AProgramWithoutBenchmarksIsShownItself) {
  Write("cpu.prof", Cpu(5, 20000), {});
  const PageData data = Read({folder_ / "cpu.prof"});
  EXPECT_EQ(data.mode, PageMode::kSingle);
  ASSERT_EQ(data.benchmarks.size(), 1u);
  EXPECT_EQ(data.benchmarks[0].profiles[0]->total, 20000);
  EXPECT_EQ(data.benchmarks[0].profiles[0]->divisor, 1);
}

TEST_F(ReportDataTest, ShardsAreOneReport) {
  const std::string first =
      Write("cpu-0.prof", Cpu(1, 1), {Benchmark("A", Cpu(1, 1))});
  const std::string second =
      Write("cpu-1.prof", Cpu(1, 1), {Benchmark("B", Cpu(1, 1))});
  EXPECT_EQ(Read({first, second}).benchmarks.size(), 2u);
  EXPECT_NE(ErrorOf({first, first}).find("both have a cpu profile of A"),
            std::string::npos);
}

TEST_F(ReportDataTest, WhatIsMissingIsSaid) {
  const std::string folder =
      Write("cpu.prof", Cpu(5, 1),
            {Benchmark("BM_A", Cpu(5, 1)), Benchmark("BM_B", Cpu(5, 1)),
             Benchmark("BM_C", Cpu(5, 1))});
  unlink((folder + "/BM_A.prof").c_str());
  std::ofstream(folder + "/BM_B.prof") << "no profile";
  const PageData data = Read({folder});
  EXPECT_EQ(data.benchmarks.size(), 3u);
  EXPECT_FALSE(data.benchmarks[0].profiles[0]);
  EXPECT_FALSE(data.benchmarks[1].profiles[0]);
  EXPECT_TRUE(data.benchmarks[2].profiles[0]);
  ASSERT_EQ(data.context.size(), 2u);
  EXPECT_NE(data.context[0].second.find("BM_A.prof: no such file"),
            std::string::npos);
  EXPECT_NE(data.context[1].second.find("BM_B.prof: "), std::string::npos);
}

TEST_F(ReportDataTest, AnUnfinishedRunIsShownAsSuch) {
  RegionProfile region = Benchmark("BM_A", Cpu(5, 300));
  region.result.complete = false;
  region.result.iterations = 0;
  region.result.runs.clear();
  region.result.cpu_seconds = region.result.real_seconds = -1;
  RegionProfile unseen = region;
  unseen.result.name = "BM_B";
  unseen.result.hooked = false;
  const PageData data =
      Read({Write("cpu.prof", Cpu(5, 300), {region, unseen})});
  EXPECT_FALSE(data.benchmarks[0].is_complete);
  EXPECT_EQ(data.benchmarks[0].profiles[0]->divisor, 1);
  EXPECT_TRUE(data.benchmarks[0].columns.empty());
  EXPECT_FALSE(data.benchmarks[1].profiles[0]);
}

TEST_F(ReportDataTest, BadFoldersAreErrors) {
  EXPECT_NE(ErrorOf({}).find("no folder"), std::string::npos);
  EXPECT_NE(ErrorOf({folder_ / "none"}).find("none: no folder of profiles"),
            std::string::npos);
  mkdir((folder_ / "empty.d").c_str(), 0777);
  EXPECT_NE(ErrorOf({folder_ / "empty.d"}).find("empty.d/index.json: "),
            std::string::npos);
  WriteText("empty.d/index.json", "{]");
  EXPECT_NE(ErrorOf({folder_ / "empty.d/"}).find("empty.d/index.json: "),
            std::string::npos);
}

TEST_F(ReportDataTest, LinesAroundTheHottestOnesAreShown) {
  WriteText("sort.cc", "1\n2\n3\n4\n<script>\r\n6\n7\n8\n9\n10\n");
  const PageData data =
      Read({Write("cpu.prof", Cpu(5, 1), {Benchmark("BM_A", Cpu(5, 1))})});
  ASSERT_EQ(data.sources.size(), 1u);
  const auto& runs = data.sources.at(folder_ / "sort.cc");
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_EQ(runs.at(2), std::vector<std::string>(
                            {"2", "3", "4", "<script>", "6", "7", "8"}));
}

TEST(LooksLikeSource, OnlySourcesAreRead) {
  EXPECT_TRUE(LooksLikeSource("/a/b.cc"));
  EXPECT_TRUE(LooksLikeSource("/usr/include/c++/12/vector"));
  EXPECT_FALSE(LooksLikeSource("/etc/shadow"));
  EXPECT_FALSE(LooksLikeSource("/home/me/.ssh/id_rsa"));
  EXPECT_FALSE(LooksLikeSource("/proc/self/environ"));
  EXPECT_FALSE(LooksLikeSource(""));
}

TEST_F(ReportDataTest, TheReportIsWrittenWholeOrNotAtAll) {
  const std::string folder =
      Write("cpu.prof", Cpu(5, 1), {Benchmark("BM_A", Cpu(5, 1))});
  std::string error;
  EXPECT_TRUE(WriteReport({folder}, folder_ / "report.html", &error)) << error;
  const Json data = DataIn(ReadFile(folder_ / "report.html"));
  EXPECT_EQ(data["benchmarks"][0]["name"], "BM_A");
  EXPECT_FALSE(WriteReport({folder}, folder_ / "no/report.html", &error));
  EXPECT_NE(error.find("no/report.html: "), std::string::npos);
}

TEST(SingleReport, HasAllValuesButNumbersOfSamples) {
  ParsedProfile profile;
  profile.value_types = {{"alloc_space", "bytes"},
                         {"inuse_space", "bytes"},
                         {"samples", "count"},
                         {"unused", "count"}};
  profile.default_value_type = "inuse_space";
  profile.functions.resize(1);
  profile.functions[0].name = "f";
  profile.locations.resize(1);
  profile.locations[0].lines = {{0, 1, 0}};
  profile.samples.push_back({{0}, {100, 40, 7, 0}, {}});
  SingleOptions options;
  options.title = "heap.prof";
  const Json data = DataIn(SingleReport(profile, options));
  EXPECT_EQ(data["mode"], "single");
  ASSERT_EQ(data["kinds"].size(), 2u);
  EXPECT_EQ(data["kinds"][0]["title"], "Inuse space");
  EXPECT_EQ(data["kinds"][1]["type"], "alloc_space");
  EXPECT_EQ(data["benchmarks"][0]["profiles"][1]["total"], 100);
  EXPECT_EQ(data["benchmarks"][0]["profiles"][1]["samples"], 7);
  options.value_type = "samples";
  const Json one = DataIn(SingleReport(profile, options));
  ASSERT_EQ(one["kinds"].size(), 1u);
  EXPECT_EQ(one["benchmarks"][0]["profiles"][0]["total"], 7);
}

}  // namespace
}  // namespace bench_profiler
