// What reports say of small profiles. That they are what pprof prints is for
// pprof_equality_test.cc.
#include "bench_profiler/report/reports.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "folded_profile.h"

namespace bench_profiler {
namespace {

struct Made {
  std::string text;
  std::string error;
};

Made Make(const char* name, const ParsedProfile& profile,
          const ReportOptions& options = {}, const std::string& pattern = "") {
  Made made;
  std::vector<std::string> warnings;
  const bool is_made = MakeReport(*FindReport(name), profile, options, pattern,
                                  &made.text, &warnings, &made.error);
  EXPECT_EQ(is_made, made.error.empty()) << made.error;
  return made;
}

TEST(Reports, TopTellsWhatIsInlined) {
  const ParsedProfile profile =
      FoldedProfile({"main;Sort;>Swap 20000000", "main;Find;Swap 30000000",
                     "main;Find;>Compare 50000000"})
          .profile;
  EXPECT_EQ(
      Make("top", profile).text,
      "File: program\n"
      "Type: cpu\n"
      "Showing nodes accounting for 100ms, 100% of 100ms total\n"
      "      flat  flat%   sum%        cum   cum%\n"
      "      50ms 50.00% 50.00%       50ms 50.00%  Compare (inline)\n"
      "      50ms 50.00%   100%       50ms 50.00%  Swap (partial-inline)\n"
      "         0     0%   100%       80ms 80.00%  Find\n"
      "         0     0%   100%       20ms 20.00%  Sort\n"
      "         0     0%   100%      100ms   100%  main\n");
}

TEST(Reports, ARecursionCountsOnce) {
  const ParsedProfile profile =
      FoldedProfile({"main;Visit;Visit;Other;Visit 7"}).profile;
  const std::string text = Make("tree", profile).text;
  EXPECT_NE(text.find("       7ns   100%   100%        7ns   100%           "
                      "     | Visit\n"),
            std::string::npos)
      << text;
  EXPECT_EQ(text.find("Visit (inline)"), std::string::npos);
}

TEST(Reports, WhatIsCutLeavesItsCallersEdges) {
  ReportOptions options;
  options.node_count = 2;
  options.cumulative = true;
  const ParsedProfile profile =
      FoldedProfile({"main;A;B 10", "main;A;C 5"}).profile;
  EXPECT_EQ(Make("top", profile, options).text,
            "File: program\n"
            "Type: cpu\n"
            "Showing nodes accounting for 0, 0% of 15ns total\n"
            "Showing top 2 nodes out of 4\n"
            "      flat  flat%   sum%        cum   cum%\n"
            "         0     0%     0%       15ns   100%  A\n"
            "         0     0%     0%       15ns   100%  main\n");
  options.cumulative = false;
  const std::string dot = Make("dot", profile, options).text;
  EXPECT_NE(dot.find("style=\"dotted\""), std::string::npos) << dot;
}

TEST(Reports, PathsOfACallTreeStayApart) {
  ReportOptions options;
  const ParsedProfile profile =
      FoldedProfile({"main;A;Swap 10", "main;B;Swap 5"}).profile;
  const auto count = [](const std::string& text, const std::string& part) {
    size_t times = 0;
    for (size_t at = text.find(part); at != std::string::npos;
         at = text.find(part, at + 1)) {
      times++;
    }
    return times;
  };
  EXPECT_EQ(count(Make("dot", profile, options).text, "label=\"Swap"), 1u);
  options.call_tree = true;
  EXPECT_EQ(count(Make("dot", profile, options).text, "label=\"Swap"), 2u);
  options.node_fraction = 0.5;  // B and its Swap are 5 of 15
  EXPECT_EQ(count(Make("dot", profile, options).text, "label=\"Swap"), 1u);
}

TEST(Reports, PeekNeedsAMatch) {
  const ParsedProfile profile = FoldedProfile({"main;A 10"}).profile;
  EXPECT_NE(Make("peek", profile, {}, "^A$").text.find("| A\n"),
            std::string::npos);
  EXPECT_EQ(Make("peek", profile, {}, "nobody").error,
            "no matches found for regexp: nobody");
  EXPECT_EQ(Make("peek", profile, {}, "(").error,
            "the argument is no regular expression: missing ): (");
}

TEST(Reports, TheHeadHasTheReadersTime) {
  ASSERT_EQ(setenv("TZ", "UTC", 1), 0);
  tzset();
  ParsedProfile profile = FoldedProfile({"main 1500000000"}).profile;
  profile.mappings[0].build_id = "abcd";
  profile.comments = {"command: program", "#for programs"};
  profile.time_nanos = 1795806600123456789;
  profile.duration_nanos = 3000000000;
  const std::string text = Make("top", profile).text;
  EXPECT_EQ(text.substr(0, text.find("Showing")),
            "File: program\n"
            "Build ID: abcd\n"
            "command: program\n"
            "Type: cpu\n"
            "Time: Nov 27, 2026 at 7:10pm (UTC)\n"
            "Duration: 3s, Total samples = 1.50s (50.00%)\n");
  ReportOptions options;
  options.compact_labels = true;
  EXPECT_EQ(Make("top", profile, options).text.find("Showing"), 0u);
}

TEST(Reports, AnEmptyProfileIsAnEmptyReport) {
  const ParsedProfile profile = FoldedProfile({}).profile;
  for (const char* name : {"top", "tree", "dot"}) {
    EXPECT_NE(Make(name, profile)
                  .text.find("Showing nodes accounting for 0, "
                             "0% of 0 total"),
              std::string::npos)
        << name;
  }
  EXPECT_EQ(Make("top", ParsedProfile()).error, "profile has no samples");
}

TEST(Reports, ValuesAreChosenByTypeOrNumber) {
  ParsedProfile profile = FoldedProfile({"main 6"}).profile;
  profile.value_types = {{"space", "bytes"}, {"objects", "count"}};
  profile.samples[0].values = {4096, 2};
  ReportOptions options;
  const auto total = [&] {
    const std::string text = Make("top", profile, options).text;
    const size_t begin = text.find(" of ") + 4;
    return text.substr(begin, text.find(" total") - begin);
  };
  EXPECT_EQ(total(), "2") << "the last";
  profile.default_value_type = "space";
  EXPECT_EQ(total(), "4kB");
  options.sample_index = "objects";
  EXPECT_EQ(total(), "2");
  options.sample_index = "inuse_space";
  EXPECT_EQ(total(), "4kB") << "as it was called later";
  options.sample_index = "1";
  EXPECT_EQ(total(), "2");
  options.mean = true;
  EXPECT_EQ(total(), "0");
  options.sample_index = "2";
  EXPECT_EQ(Make("top", profile, options).error,
            "sample_index 2 is outside the range [0..1]");
  options.sample_index = "cpu";
  EXPECT_EQ(Make("top", profile, options).error,
            "sample_index \"cpu\" must be one of: [space objects]");
}

TEST(Reports, NumbersAtTheLimitAreNoReasonToFail) {
  ParsedProfile profile = FoldedProfile({"main;A 1", "main;B 2"}).profile;
  profile.value_types = {{"a", "count"}, {"b", "nanoseconds"}};
  ReportOptions options;
  options.mean = true;
  for (const int64_t value : {INT64_MIN, INT64_MAX}) {
    for (const int64_t divisor : {int64_t{-1}, INT64_MIN, int64_t{1}}) {
      for (ParsedSample& sample : profile.samples) {
        sample.values = {divisor, value};
      }
      for (const char* name : {"top", "tree", "dot"}) {
        EXPECT_FALSE(Make(name, profile, options).text.empty());
      }
    }
  }
}

TEST(Reports, DropNegativeDropsWhatIsLess) {
  const ParsedProfile profile =
      FoldedProfile({"main;A 10", "main;B -4"}).profile;
  ReportOptions options;
  EXPECT_NE(Make("top", profile, options).text.find("  B\n"),
            std::string::npos);
  options.drop_negative = true;
  EXPECT_EQ(Make("top", profile, options).text.find("  B\n"),
            std::string::npos);
}

TEST(Reports, FullNamesAreTheDeclarations) {
  ParsedProfile profile = FoldedProfile({"main 1"}).profile;
  profile.functions[0].name = "Add";
  profile.functions[0].system_name = "_Z3AddIiEvT_";
  ReportOptions options;
  EXPECT_NE(Make("top", profile, options).text.find("  Add\n"),
            std::string::npos);
  options.full_names = true;
  EXPECT_NE(Make("top", profile, options).text.find("  void Add<int>(int)\n"),
            std::string::npos);
}

}  // namespace
}  // namespace bench_profiler
