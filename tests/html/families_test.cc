#include "bench_profiler/html/families.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bench_profiler {
namespace {

// "BM_Sort: 0=8 2=64; ..."
std::string Text(const std::vector<std::string>& names) {
  std::string text;
  for (const PageFamily& family : FindFamilies(names)) {
    text += (text.empty() ? "" : "; ") + family.name + ":";
    for (size_t i = 0; i < family.benchmarks.size(); ++i) {
      text += " " + std::to_string(family.benchmarks[i]) + "=" +
              std::to_string(static_cast<int>(family.arguments[i]));
    }
  }
  return text;
}

TEST(Families, DifferInOneNumber) {
  EXPECT_EQ(Text({"BM_Sort/8", "BM_Find", "BM_Sort/64"}), "BM_Sort: 0=8 2=64");
  EXPECT_EQ(Text({"BM_A/8", "BM_B/8"}), "");
  EXPECT_EQ(Text({"BM_A/8"}), "");
  EXPECT_EQ(Text({}), "");
}

TEST(Families, NumbersMayHaveNames) {
  EXPECT_EQ(Text({"BM_A/real_time/threads:1", "BM_A/real_time/threads:4"}),
            "BM_A/real_time/threads:*: 0=1 1=4");
  EXPECT_EQ(
      Text({"BM_A<int>/n:-8/min_time:0.5", "BM_A<int>/n:16/min_time:0.5"}),
      "BM_A<int>/n:*/min_time:0.5: 0=-8 1=16");
}

TEST(Families, TextsAreNoArguments) {
  EXPECT_EQ(Text({"BM_A/x8", "BM_A/x9"}), "");
  EXPECT_EQ(Text({"BM_A/", "BM_A/."}), "");
  EXPECT_EQ(Text({"BM_A/1-2", "BM_A/2-3"}), "");
  EXPECT_EQ(Text({"8", "9"}), "");
}

TEST(Families, ABenchmarkIsInOne) {
  EXPECT_EQ(Text({"BM_A/1/10", "BM_A/1/20", "BM_A/2/10", "BM_A/2/20",
                  "BM_A/3/10", "BM_A/3/20"}),
            "BM_A/*/10: 0=1 2=2 4=3; BM_A/*/20: 1=1 3=2 5=3");
}

}  // namespace
}  // namespace bench_profiler
