// Which samples and frames are left by a report's filters.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/report/number_range.h"
#include "bench_profiler/report/prepare.h"
#include "folded_profile.h"

namespace bench_profiler {
namespace {

// The stacks that are left, as they were given, without ">".
std::vector<std::string> Folded(const ParsedProfile& profile) {
  std::vector<std::string> result;
  for (const ParsedSample& sample : profile.samples) {
    std::string stack;
    for (auto location = sample.locations.rbegin();
         location != sample.locations.rend(); ++location) {
      const std::vector<ParsedLine>& lines = profile.locations[*location].lines;
      for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
        stack +=
            (stack.empty() ? "" : ";") + profile.functions[line->function].name;
      }
    }
    result.push_back(stack + " " + std::to_string(sample.values[0]));
  }
  return result;
}

class FilterTest : public testing::Test {
 protected:
  std::vector<std::string> Filtered(const ReportOptions& options) {
    report_ = PreparedReport();
    std::string error;
    EXPECT_TRUE(Prepare(profile_, options, &report_, &error)) << error;
    return Folded(report_.profile);
  }

  std::string ErrorOf(const ReportOptions& options) {
    std::string error;
    EXPECT_FALSE(Prepare(profile_, options, &report_, &error));
    return error;
  }

  ParsedProfile profile_ =
      FoldedProfile({"main;Parse;>Next;read 1", "main;Sort;>Swap 2",
                     "main;Sort;Compare 4"})
          .profile;
  ReportOptions options_;
  PreparedReport report_;
};

using Stacks = std::vector<std::string>;

TEST_F(FilterTest, FocusAndIgnoreChooseSamples) {
  options_.focus = "So";
  EXPECT_EQ(Filtered(options_),
            (Stacks{"main;Sort;Swap 2", "main;Sort;Compare 4"}));
  EXPECT_EQ(report_.total, 7) << "shares are of all";
  options_.ignore = "^Comp";
  EXPECT_EQ(Filtered(options_), (Stacks{"main;Sort;Swap 2"}));
  options_.relative_percentages = true;
  Filtered(options_);
  EXPECT_EQ(report_.total, 2);
}

TEST_F(FilterTest, FilesAndProgramsMatchToo) {
  options_.focus = "/src/Swap\\.cc";
  EXPECT_EQ(Filtered(options_), (Stacks{"main;Sort;Swap 2"}));
  options_.focus = "bin/program";
  EXPECT_EQ(Filtered(options_).size(), 3u);
}

TEST_F(FilterTest, HideAndShowChooseFrames) {
  options_.hide = "Sort|Next";
  EXPECT_EQ(Filtered(options_),
            (Stacks{"main;Parse;read 1", "main;Swap 2", "main;Compare 4"}));
  options_.hide.clear();
  options_.show = "Sort|Next";
  EXPECT_EQ(Filtered(options_), (Stacks{"Next 1", "Sort 2", "Sort 4"}));
  options_.show = "read";
  EXPECT_EQ(Filtered(options_), (Stacks{"read 1"})) << "nothing else is left";
  EXPECT_TRUE(report_.warnings.empty());
  options_.show = "nobody";
  EXPECT_TRUE(Filtered(options_).empty());
  EXPECT_EQ(report_.warnings, (Stacks{"Show expression matched no samples"}));
}

TEST_F(FilterTest, ShowFromAndPruneFromCutStacks) {
  options_.show_from = "Next|Compare";
  EXPECT_EQ(Filtered(options_), (Stacks{"Next;read 1", "Compare 4"}));
  options_.show_from.clear();
  options_.prune_from = "Parse|Sort";
  EXPECT_EQ(Filtered(options_),
            (Stacks{"main;Parse 1", "main;Sort 2", "main;Sort 4"}));
}

TEST_F(FilterTest, WhatTheProfileCallsUninterestingIsCut) {
  profile_.drop_frames = "Parse|S.*|main";
  profile_.keep_frames = "Swap";
  // main is at the root, where all would go with it.
  EXPECT_EQ(Filtered(options_),
            (Stacks{"main;Parse;Next;read 1", "main;Sort;Swap 2",
                    "main;Sort;Compare 4"}));
  profile_.drop_frames = "Next|So.*";
  EXPECT_EQ(Filtered(options_), (Stacks{"main;Parse 1", "main 2", "main 4"}));
  profile_.drop_frames = "(";
  EXPECT_EQ(Filtered(options_).size(), 3u) << "a profile's fault";
}

TEST_F(FilterTest, ParametersDoNotHideWhatIsUninteresting) {
  profile_ = FoldedProfile({"main;(anonymous namespace)::F(int);G 1"}).profile;
  for (ParsedFunction& function : profile_.functions) {
    function.system_name = "";  // the names are for reading
  }
  profile_.drop_frames = R"(\(anonymous namespace\)::F)";
  EXPECT_EQ(Filtered(options_), (Stacks{"main 1"}));
}

TEST_F(FilterTest, BadPatternsAreOneLine) {
  options_.focus = "Parse(";
  EXPECT_EQ(ErrorOf(options_),
            "focus is no regular expression: missing ): Parse(");
  options_.focus.clear();
  options_.tag_ignore = "a,[";
  EXPECT_EQ(ErrorOf(options_),
            "tagignore is no regular expression: missing ]: [");
  options_.tag_ignore = "99999999999999999999kb";
  EXPECT_EQ(ErrorOf(options_), "tagignore: 99999999999999999999 is too large");
}

TEST_F(FilterTest, PatternsThatTakeOthersForeverAreQuick) {
  profile_.functions[0].name = std::string(100000, 'a');
  options_.ignore = "(a|aa)+$.";
  EXPECT_EQ(Filtered(options_).size(), 3u);
}

TEST_F(FilterTest, NamesThatAreNoUtf8MatchAsBytes) {
  profile_.functions[0].name = "\xff\xfeParse";
  options_.focus = "Parse$";
  EXPECT_EQ(Filtered(options_).size(), 3u) << "it is in each stack";
}

class TagFilterTest : public FilterTest {
 protected:
  TagFilterTest() {
    AddText(0, "benchmark", "BM_Parse");
    AddText(1, "benchmark", "BM_Sort/8");
    AddText(1, "thread", "1");
    AddText(2, "benchmark", "BM_Sort/64");
    AddNumber(0, "bytes", 512);
    AddNumber(1, "bytes", 2048);
    AddNumber(2, "items", 30);  // of no unit: it fits into any
  }

  void AddText(size_t sample, const char* key, const char* text) {
    ParsedLabel label;
    label.key = key;
    label.text = text;
    profile_.samples[sample].labels.push_back(label);
  }

  void AddNumber(size_t sample, const char* key, int64_t number) {
    ParsedLabel label;
    label.key = key;
    label.is_number = true;
    label.number = number;
    profile_.samples[sample].labels.push_back(label);
  }

  // Numbers of the samples that are left, which are 1, 2 and 4.
  int64_t SumFor(const std::string& focus) {
    options_.tag_focus = focus;
    Filtered(options_);
    int64_t sum = 0;
    for (const ParsedSample& sample : report_.profile.samples) {
      sum += sample.values[0];
    }
    return sum;
  }
};

TEST_F(TagFilterTest, TextsMatchWithTheirKeys) {
  EXPECT_EQ(SumFor("BM_Sort"), 6);
  EXPECT_EQ(SumFor("^benchmark:BM_Sort"), 6);
  EXPECT_EQ(SumFor("BM_Sort,thread"), 2) << "each has to match";
  EXPECT_EQ(SumFor("benchmark=^BM_Sort"), 6);
  EXPECT_EQ(SumFor("benchmark=Parse,64$"), 5) << "one has to match";
  EXPECT_EQ(SumFor("thread=BM_Sort"), 0);
  options_.tag_focus.clear();
  options_.tag_ignore = "thread";
  EXPECT_EQ(Filtered(options_).size(), 2u);
}

TEST_F(TagFilterTest, NumbersMatchByRanges) {
  EXPECT_EQ(SumFor("1kb:4kb"), 2);
  EXPECT_EQ(report_.warnings,
            (Stacks{"tagfocus:Interpreted '1kb:4kb' as range, not regexp"}));
  EXPECT_EQ(SumFor(":2kb"), 3);
  EXPECT_EQ(SumFor("bytes=1b:"), 3);
  EXPECT_EQ(SumFor("2kb"), 2);
  EXPECT_EQ(SumFor("items=30items"), 4);
  EXPECT_EQ(SumFor("thread=1kb:4kb"), 0);
  EXPECT_EQ(SumFor("1kb:4ms"), 0) << "no range";
}

TEST_F(TagFilterTest, TagsAreShownAndHidden) {
  options_.tag_show = "b";
  options_.tag_hide = "bytes";
  Filtered(options_);
  ASSERT_EQ(report_.profile.samples[1].labels.size(), 1u);
  EXPECT_EQ(report_.profile.samples[1].labels[0].key, "benchmark");
  EXPECT_TRUE(report_.warnings.empty());
  options_.tag_hide = "nothing";
  Filtered(options_);
  EXPECT_EQ(report_.warnings,
            (Stacks{"TagHide expression matched no samples"}));
}

TEST_F(TagFilterTest, TagsBecomeFrames) {
  options_.tag_root = "benchmark,thread";
  options_.tag_leaf = "bytes";
  EXPECT_EQ(Filtered(options_)[1], "BM_Sort/8;1;main;Sort;Swap;2048 2");
  EXPECT_EQ(Filtered(options_)[2], "BM_Sort/64;;main;Sort;Compare; 4");
  options_.tag_root = "nothing";
  Filtered(options_);
  EXPECT_EQ(report_.warnings,
            (Stacks{"TagRoot expression matched no samples"}));
}

TEST(NumberRange, OtherTextsAreNone) {
  NumberRange range;
  std::string error;
  for (const char* text :
       {"", ":", "a", "1:2:3", ":1:2", ":1:", "1kb2kb", "1 ", "BM_8", "8/x"}) {
    EXPECT_EQ(ParseRange(text, &range, &error), ParsedRange::kOther) << text;
  }
}

}  // namespace
}  // namespace bench_profiler
