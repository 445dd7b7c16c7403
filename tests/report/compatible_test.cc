#include "bench_profiler/report/compatible.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/formats/parsed_profiles.h"

namespace bench_profiler {
namespace {

using Texts = std::vector<std::string>;

TEST(AddCompatibleTest, UnitsBecomeTheFinerOne) {
  ParsedProfile fine = MakeParsed({{{"a"}, 2000000}});
  ParsedProfile coarse = MakeParsed({{{"a"}, 3}});
  coarse.value_types[0].unit = "milliseconds";
  coarse.period_type.unit = "ms";
  coarse.period = 2;
  ProfileMerger merger;
  std::string error;
  ASSERT_TRUE(AddCompatible(&coarse, &merger, &error)) << error;
  ASSERT_TRUE(AddCompatible(&fine, &merger, &error)) << error;
  const ParsedProfile sum = merger.Finish();
  EXPECT_EQ(SamplesOf(sum), Texts{"a 5000000"});
  EXPECT_EQ(sum.value_types[0].unit, "nanoseconds");
  EXPECT_EQ(sum.period, 2000000);
}

TEST(AddCompatibleTest, KeepsTheTypesThatBothHave) {
  ParsedProfile one = MakeParsed({{{"a"}, 1}});
  one.value_types = {{"objects", "count"}, {"space", "bytes"}, {"x", "count"}};
  one.samples[0].values = {1, 2, 4};
  one.default_value_type = "x";
  ParsedProfile other = MakeParsed({{{"a"}, 1}, {{"b"}, 1}});
  other.value_types = {{"space", "bytes"}, {"y", "count"}, {"object", "count"}};
  other.samples[0].values = {8, 16, 32};
  other.samples[1].values = {0, 64, 0};
  ProfileMerger merger;
  std::string error;
  ASSERT_TRUE(AddCompatible(&one, &merger, &error)) << error;
  ASSERT_TRUE(AddCompatible(&other, &merger, &error)) << error;
  const ParsedProfile sum = merger.Finish();
  EXPECT_EQ(SamplesOf(sum), Texts{"a 33 10"});
  EXPECT_EQ(sum.value_types[0].type, "objects");
  EXPECT_EQ(sum.default_value_type, "objects");
}

TEST(AddCompatibleTest, RefusesWhatCannotBeAdded) {
  const auto error_with = [](auto change) {
    ParsedProfile one = MakeParsed({{{"a"}, 1}});
    ParsedProfile other = MakeParsed({{{"a"}, 1}});
    change(&other);
    ProfileMerger merger;
    std::string error;
    EXPECT_TRUE(AddCompatible(&one, &merger, &error));
    EXPECT_FALSE(AddCompatible(&other, &merger, &error));
    return error;
  };
  EXPECT_EQ(error_with([](auto* p) { p->value_types[0].type = "space"; }),
            "it has no type of values in common with those before it");
  EXPECT_EQ(error_with([](auto* p) { p->value_types[0].unit = "bytes"; }),
            "incompatible units of cpu: nanoseconds and bytes");
  EXPECT_EQ(error_with([](auto* p) { p->period_type.type = "space"; }),
            "incompatible period types: cpu and space");
}

}  // namespace
}  // namespace bench_profiler
