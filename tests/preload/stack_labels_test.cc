// What names of functions tell of the benchmark or test that runs.
#include "integrations/preload/stack_labels.h"

#include <gtest/gtest.h>

#include <string>

namespace bench_profiler {
namespace {

// "key=value" of the labels that `function` stands for.
std::string LabelsOf(const std::string& function) {
  std::string text;
  for (const StackLabel& label : FrameworkStackLabels()) {
    char value[200];
    if (label.read(function.c_str(), value, sizeof(value))) {
      text += std::string(label.key) + "=" + value;
    }
  }
  return text;
}

TEST(StackLabels, Benchmarks) {
  EXPECT_EQ(LabelsOf("BM_Sort(benchmark::State&)"), "benchmark=BM_Sort");
  EXPECT_EQ(LabelsOf("a::(anonymous namespace)::BM_Sort(benchmark::State&)"),
            "benchmark=BM_Sort");
  EXPECT_EQ(LabelsOf("void a::BM_Map<std::map<int, int> >(benchmark::State&)"),
            "benchmark=BM_Map<std::map<int, int> >");
  EXPECT_EQ(LabelsOf("BM_Capture(benchmark::State&, void (*)(int))"),
            "benchmark=BM_Capture(...)");
  EXPECT_EQ(LabelsOf("SearchSuccess(benchmark::State&, char const*, bool)"),
            "benchmark=SearchSuccess(...)");
  EXPECT_EQ(LabelsOf("main::{lambda(benchmark::State&)#1}::operator()"
                     "(benchmark::State&) const"),
            "benchmark=main::{lambda(benchmark::State&)#1}::operator()");
  EXPECT_EQ(
      LabelsOf("Fixture_Name_Benchmark::BenchmarkCase(benchmark::State&)"),
      "benchmark=Fixture_Name");
}

TEST(StackLabels, WhatIsNoBenchmark) {
  for (const char* function :
       {"", "main", "f()", ")", "(benchmark::State&)", "f(int)",
        "benchmark::internal::BenchmarkInstance::Run(benchmark::State&)",
        "benchmark::Fixture::Run(benchmark::State&)",
        "Fixture::SetUp(benchmark::State&)",
        "Fixture::TearDown(benchmark::State&)", "f(benchmark::State const&)",
        "f(benchmark::StateOfMine&)", "f(benchmark::State&&)",
        "f(int, benchmark::State&)", "f(benchmark::State&",
        "std::_Function_handler<void (benchmark::State&), main::F>::_M_invoke("
        "std::_Any_data const&, benchmark::State&)"}) {
    EXPECT_EQ(LabelsOf(function), "") << function;
  }
}

TEST(StackLabels, Tests) {
  EXPECT_EQ(LabelsOf("Suite_Name_Test::TestBody()"), "test=Suite.Name");
  EXPECT_EQ(LabelsOf("a::(anonymous namespace)::Suite_Two_Words_Test::"
                     "TestBody()"),
            "test=Suite.Two_Words");
  EXPECT_EQ(LabelsOf("DISABLED_Suite_Name_Test::TestBody()"),
            "test=DISABLED_Suite.Name");
  EXPECT_EQ(LabelsOf("a::Types_Work_Test<std::pair<int, a::b> >::TestBody()"),
            "test=Types.Work<std::pair<int, a::b> >");
}

TEST(StackLabels, WhatIsNoTest) {
  for (const char* function :
       {"testing::Test::Run()", "TestBody()", "::TestBody()",
        "_Test::TestBody()", "Name_Test::TestBody()", "Suite_Name::TestBody()",
        "Suite_Name_Test::TestBody(int)", "Suite_Name_Test::TestBody",
        ">::TestBody()", "DISABLED__Test::TestBody()"}) {
    EXPECT_EQ(LabelsOf(function), "") << function;
  }
}

TEST(StackLabels, ThatDoNotFitAreNone) {
  const std::string name(198, 'a');
  EXPECT_EQ(LabelsOf(name + "(benchmark::State&)"), "benchmark=" + name);
  EXPECT_EQ(LabelsOf(name + "aa(benchmark::State&)"), "");
  EXPECT_EQ(LabelsOf("Suite_" + std::string(5000, 'a') + "_Test::TestBody()"),
            "");
}

}  // namespace
}  // namespace bench_profiler
