// What a comparison is for programs: our own JSON, and those of two services.
#include "bench_profiler/compare/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "tests/compare/made_up_comparison.h"

namespace bench_profiler {
namespace {

using Json = nlohmann::json;

Json Parsed(const std::string& format, const Comparison& comparison) {
  return Json::parse(WriteAs(format, comparison));
}

Comparison SlowerSort() {
  Comparison comparison = MadeUpComparison();
  BenchmarkComparison benchmark =
      MadeUpBenchmark("BM_Sort/8", Verdict::kSlower, 0.05);
  benchmark.measures[0].functions = {
      MadeUpFunction("Partition", Verdict::kSlower, 0.048)};
  benchmark.measures.push_back(
      MadeUpMeasure(Measure::kAllocs, Verdict::kUnchanged, 3, 0));
  comparison.benchmarks.push_back(benchmark);
  return comparison;
}

TEST(ComparisonJson, HasWhatPullRequestsAskFor) {
  const Json json = Parsed("json", SlowerSort());
  EXPECT_EQ(json["format"], 1);
  EXPECT_EQ(json["old"]["processes"], 10);
  ASSERT_EQ(json["benchmarks"].size(), 1U);
  const Json& benchmark = json["benchmarks"][0];
  EXPECT_EQ(benchmark["name"], "BM_Sort/8");
  EXPECT_EQ(benchmark["verdict"], "slower");
  EXPECT_EQ(benchmark["measure"], "time");
  EXPECT_DOUBLE_EQ(benchmark["change"], 0.05);
  ASSERT_EQ(benchmark["interval"].size(), 2U);
  EXPECT_DOUBLE_EQ(benchmark["interval"][0], 0.04);
  EXPECT_DOUBLE_EQ(benchmark["old"], 1e-6);
  EXPECT_DOUBLE_EQ(benchmark["new"], 1.05e-6);
  ASSERT_EQ(benchmark["functions"].size(), 1U);
  const Json& function = benchmark["functions"][0];
  EXPECT_EQ(function["name"], "Partition");
  EXPECT_EQ(function["full_name"], "Partition(int)");
  EXPECT_EQ(function["verdict"], "slower");
  EXPECT_DOUBLE_EQ(function["change"], 0.048);
  EXPECT_DOUBLE_EQ(function["old"], 1e-7);
  // What is no time has a place of its own, with its unit.
  ASSERT_EQ(benchmark["measures"].size(), 1U);
  EXPECT_EQ(benchmark["measures"][0]["measure"], "allocs");
  EXPECT_EQ(benchmark["measures"][0]["unit"], "count");
  EXPECT_EQ(benchmark["measures"][0]["old"], 3.0);
}

// Without a time, the benchmark is what was counted; its unit says so.
TEST(ComparisonJson, CountsHaveTheirUnit) {
  Comparison comparison = MadeUpComparison();
  BenchmarkComparison benchmark =
      MadeUpBenchmark("BM_Sort", Verdict::kSlower, 0.03);
  benchmark.measures = {
      MadeUpMeasure(Measure::kInstructions, Verdict::kSlower, 135213, 0.03)};
  benchmark.measures[0].functions = {
      MadeUpFunction("Partition", Verdict::kSlower, 0.03)};
  comparison.benchmarks.push_back(benchmark);
  const Json json = Parsed("json", comparison)["benchmarks"][0];
  EXPECT_EQ(json["measure"], "instructions");
  EXPECT_EQ(json["verdict"], "slower");
  EXPECT_DOUBLE_EQ(json["change"], 0.03);
  EXPECT_EQ(json["unit"], "count");
  EXPECT_EQ(json["old"], 135213.0);
  EXPECT_EQ(json["functions"][0]["name"], "Partition");
  EXPECT_EQ(json["measures"][0]["old"], 135213.0);
}

TEST(ComparisonJson, WhatIsUnknownIsNull) {
  Comparison comparison = MadeUpComparison();
  BenchmarkComparison benchmark;
  benchmark.name = "BM_Nothing";
  benchmark.measures.resize(1);
  benchmark.measures[0].functions.resize(1);
  comparison.benchmarks = {benchmark, BenchmarkComparison()};
  comparison.machine_drift = NAN;
  comparison.benchmarks[1].notes = {"is not in NEW"};
  const Json json = Parsed("json", comparison);
  for (const Json& entry : json["benchmarks"]) {
    EXPECT_EQ(entry["verdict"], "undecided");
    EXPECT_TRUE(entry["change"].is_null());
    EXPECT_EQ(entry["interval"], Json::array({nullptr, nullptr}));
    EXPECT_TRUE(entry["old"].is_null());
    EXPECT_TRUE(entry["functions"].is_array());
  }
  EXPECT_EQ(json["benchmarks"][1]["notes"][0], "is not in NEW");
}

TEST(ComparisonJson, HostileNamesAndInfinities) {
  Comparison comparison = MadeUpComparison();
  for (const std::string& name : HostileNames()) {
    comparison.benchmarks.push_back(MadeUpBenchmark(
        name, Verdict::kSlower, std::numeric_limits<double>::infinity()));
    comparison.warnings.push_back(name);
  }
  const Json json = Parsed("json", comparison);
  ASSERT_EQ(json["benchmarks"].size(), HostileNames().size());
  EXPECT_TRUE(json["benchmarks"][0]["change"].is_null());
  EXPECT_EQ(json["benchmarks"][5]["name"], "`");
  EXPECT_TRUE(Parsed("bmf", comparison).is_object());
  EXPECT_TRUE(Parsed("gha", comparison).is_array());
}

TEST(ComparisonJson, EmptyComparisons) {
  EXPECT_TRUE(Parsed("json", Comparison())["benchmarks"].empty());
  EXPECT_EQ(Parsed("bmf", Comparison()), Json::object());
  EXPECT_EQ(Parsed("gha", Comparison()), Json::array());
}

TEST(BencherMetricFormat, TimeIsLatencyInNanoseconds) {
  const Json json = Parsed("bmf", SlowerSort());
  const Json& metrics = json["BM_Sort/8"];
  EXPECT_DOUBLE_EQ(metrics["latency"]["value"], 1050);
  EXPECT_NEAR(metrics["latency"]["lower_value"], 1040, 1e-6);
  EXPECT_NEAR(metrics["latency"]["upper_value"], 1060, 1e-6);
  EXPECT_EQ(metrics["allocs"], Json({{"value", 3.0}}));
}

// One name that it does not take makes Bencher refuse all.
TEST(BencherMetricFormat, NamesAndValuesAreThoseThatBencherTakes) {
  Comparison comparison = MadeUpComparison();
  for (const std::string& name : HostileNames()) {
    comparison.benchmarks.push_back(
        MadeUpBenchmark(name, Verdict::kSlower, 0.05));
  }
  comparison.benchmarks.push_back(
      MadeUpBenchmark(std::string(1023, 'x') + "ä", Verdict::kSlower, 0.05));
  comparison.benchmarks.push_back(
      MadeUpBenchmark("BM_Nan", Verdict::kSlower, NAN));
  const Json json = Parsed("bmf", comparison);
  EXPECT_FALSE(json.contains("BM_Nan"));
  for (const auto& [name, metrics] : json.items()) {
    EXPECT_FALSE(name.empty());
    EXPECT_LE(name.size(), 1024U);
    EXPECT_TRUE(metrics["latency"]["value"].is_number());
  }
}

TEST(GithubActionBenchmark, EachValueIsAnEntry) {
  const Json json = Parsed("gha", SlowerSort());
  ASSERT_EQ(json.size(), 2U);
  EXPECT_EQ(json[0]["name"], "BM_Sort/8");
  EXPECT_EQ(json[0]["unit"], "ns/iter");
  EXPECT_DOUBLE_EQ(json[0]["value"], 1050);
  EXPECT_EQ(json[0]["range"], "± 10");
  EXPECT_EQ(json[0]["extra"], "+5.0 %, slower; 10 processes");
  EXPECT_EQ(json[1]["name"], "BM_Sort/8 allocs/op");
  EXPECT_EQ(json[1]["unit"], "allocs/op");
  EXPECT_FALSE(json[1].contains("range"));
}

}  // namespace
}  // namespace bench_profiler
