#include "bench_profiler/profile/parsed_merge.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "bench_profiler/profile/parsed_scale.h"
#include "tests/formats/parsed_profiles.h"

namespace bench_profiler {
namespace {

using Texts = std::vector<std::string>;

ParsedProfile Merge(const std::vector<ParsedProfile>& profiles) {
  ProfileMerger merger;
  std::string error;
  for (const ParsedProfile& profile : profiles) {
    EXPECT_TRUE(merger.Add(profile, &error)) << error;
  }
  return merger.Finish();
}

TEST(ProfileMergerTest, AddsUpEqualStacksWithEqualLabels) {
  const ParsedProfile sum =
      Merge({MakeParsed({{{"a", "main"}, 1, {TextLabel("k", "x")}},
                         {{"a", "main"}, 2},
                         {{"b", "main"}, 4}}),
             MakeParsed({{{"b", "main"}, 8},
                         {{"a", "main"}, 16, {TextLabel("k", "x")}},
                         {{"a", "main"}, 32, {TextLabel("k", "y")}}})});
  EXPECT_EQ(SamplesOf(sum),
            (Texts{"a<main 17 k=x", "a<main 2", "b<main 12", "a<main 32 k=y"}));
  EXPECT_EQ(sum.locations.size(), 3U);
  EXPECT_EQ(sum.functions.size(), 3U);
  EXPECT_EQ(sum.mappings.size(), 1U);
}

TEST(ProfileMergerTest, TheOrderOfLabelsWithOtherKeysMeansNothing) {
  const ParsedLabel number = NumberLabel("bytes", 8, "bytes");
  const ParsedLabel text = TextLabel("z", "x");
  EXPECT_EQ(SamplesOf(Merge({MakeParsed(
                {{{"a"}, 1, {number, text}}, {{"a"}, 2, {text, number}}})})),
            Texts{"a 3 z=x bytes=8bytes"});
  // Of the same key it does, and so do units.
  const ParsedLabel other = TextLabel("z", "y");
  EXPECT_EQ(SamplesOf(Merge({MakeParsed(
                {{{"a"}, 1, {text, other}}, {{"a"}, 2, {other, text}}})})),
            (Texts{"a 1 z=x z=y", "a 2 z=y z=x"}));
  EXPECT_EQ(Merge({MakeParsed({{{"a"}, 1, {number}},
                               {{"a"}, 2, {NumberLabel("bytes", 8, "")}}})})
                .samples.size(),
            2U);
}

TEST(ProfileMergerTest, AProgramMayBeLoadedElsewhere) {
  const ParsedProfile sum = Merge({MakeParsed({{{"a"}, 1}}, 0x400000),
                                   MakeParsed({{{"a"}, 2}}, 0x7f0000400000)});
  EXPECT_EQ(SamplesOf(sum), Texts{"a 3"});
  ASSERT_EQ(sum.locations.size(), 1U);
  EXPECT_EQ(sum.locations[0].address, 0x400000U + 'a');
  // Another program's code is other code.
  ParsedProfile other = MakeParsed({{{"a"}, 2}});
  other.mappings[0].build_id = "17";
  EXPECT_EQ(Merge({MakeParsed({{{"a"}, 1}}), other}).locations.size(), 2U);
}

TEST(ProfileMergerTest, CombinesHeads) {
  ParsedProfile first = MakeParsed({{{"a"}, 1}});
  first.comments = {"one", "both"};
  first.time_nanos = 200;
  first.duration_nanos = 10;
  ParsedProfile second = MakeParsed({{{"a"}, 1}});
  second.comments = {"both", "two"};
  second.time_nanos = 100;
  second.duration_nanos = 20;
  second.period = first.period + 1;
  second.default_value_type = "cpu";
  second.doc_url = "http://x";
  ParsedProfile third = MakeParsed({});  // does not know when it was made
  const ParsedProfile sum = Merge({first, second, third});
  EXPECT_EQ(sum.comments, (Texts{"one", "both", "two"}));
  EXPECT_EQ(sum.time_nanos, 100);
  EXPECT_EQ(sum.duration_nanos, 30);
  EXPECT_EQ(sum.period, first.period + 1);
  EXPECT_EQ(sum.default_value_type, "cpu");
  EXPECT_EQ(sum.doc_url, "http://x");
}

TEST(ProfileMergerTest, OtherTypesAreAnError) {
  ParsedProfile heap = MakeParsed({});
  heap.value_types = {{"alloc_objects", "count"}, {"alloc_space", "bytes"}};
  ProfileMerger merger;
  std::string error;
  ASSERT_TRUE(merger.Add(MakeParsed({{{"a"}, 1}}), &error));
  EXPECT_FALSE(merger.Add(heap, &error));
  EXPECT_EQ(error,
            "incompatible sample types [cpu/nanoseconds] and "
            "[alloc_objects/count alloc_space/bytes]");
  heap = MakeParsed({});
  heap.period_type = {"space", "bytes"};
  EXPECT_FALSE(merger.Add(heap, &error));
  EXPECT_EQ(error,
            "incompatible period types [cpu/nanoseconds] and [space/bytes]");
  EXPECT_EQ(SamplesOf(merger.Finish()), Texts{"a 1"});
}

TEST(ProfileMergerTest, LeavesNothingOfWhatIsZero) {
  const ParsedProfile profile =
      MakeParsed({{{"a", "main"}, 5}, {{"b", "main"}, 7}, {{"c"}, 0}});
  EXPECT_EQ(Compact(profile).functions.size(), 3U);
  ParsedProfile minus = MakeParsed({{{"a", "main"}, 5}});
  ScaleValues(-1, &minus);
  const ParsedProfile difference = Merge({profile, minus});
  EXPECT_EQ(SamplesOf(difference), Texts{"b<main 7"});
  EXPECT_EQ(difference.functions.size(), 2U);
  EXPECT_EQ(Merge({MakeParsed({{{"a"}, INT64_MAX}, {{"a"}, 1}})})
                .samples[0]
                .values[0],
            INT64_MIN);
}

TEST(ScaleValuesTest, RoundsAndDropsWhatIsLost) {
  ParsedProfile profile =
      MakeParsed({{{"a"}, 5}, {{"b"}, 1}, {{"c"}, INT64_MIN}});
  ScaleValues(1, &profile);
  EXPECT_EQ(SamplesOf(profile).size(), 3U);
  ScaleValues(0.3, &profile);
  EXPECT_EQ(SamplesOf(profile), (Texts{"a 2", "c -2767011611056432640"}));
  ScaleValues(-1e9, &profile);
  EXPECT_EQ(profile.samples[1].values[0], INT64_MIN);
}

TEST(ScaleValuesTest, NormalizesToABase) {
  ParsedProfile profile = MakeParsed({{{"a"}, 10}, {{"b"}, 30}});
  Normalize(MakeParsed({{{"a"}, 20}}), &profile);
  EXPECT_EQ(SamplesOf(profile), (Texts{"a 5", "b 15"}));
  ParsedProfile nothing = MakeParsed({{{"a"}, 0}});
  Normalize(MakeParsed({{{"a"}, 20}}), &nothing);
  EXPECT_TRUE(nothing.samples.empty());
}

}  // namespace
}  // namespace bench_profiler
