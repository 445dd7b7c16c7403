#include "bench_profiler/formats/parsed_flame_svg.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "bench_profiler/formats/parsed_flame_tree.h"
#include "tests/formats/parsed_profiles.h"

namespace bench_profiler {
namespace {

size_t CountOf(const std::string& part, const std::string& text) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos;
       at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

TEST(FlameTreeTest, StacksThatBeginAlikeAreOne) {
  const ParsedProfile profile = MakeParsed({{{"b", "main"}, 3},
                                            {{"a", "main"}, 1},
                                            {{"x", "b", "main"}, 4},
                                            {{"+b", "main"}, 16},
                                            {{"other"}, 32},
                                            {{"less"}, -1}});
  std::vector<std::string> boxes;
  const FlameTree tree(profile, 0);
  for (const FlameBox& box : tree.boxes()) {
    boxes.push_back(std::to_string(box.depth) + (box.is_inlined ? " +" : " ") +
                    std::string(box.name) + " " +
                    std::to_string(static_cast<int>(box.start)) + " " +
                    std::to_string(box.value));
  }
  std::sort(boxes.begin(), boxes.end());
  EXPECT_EQ(boxes, (std::vector<std::string>{"0 all 0 56", "1 main 0 24",
                                             "1 other 24 32", "2 +b 8 16",
                                             "2 a 0 1", "2 b 1 7", "3 x 1 4"}));
}

TEST(FlameTreeTest, SumsDoNotOverflow) {
  const ParsedProfile profile =
      MakeParsed({{{"a"}, INT64_MAX}, {{"b"}, INT64_MAX}});
  const FlameTree tree(profile, 0);
  EXPECT_EQ(tree.boxes()[0].value, INT64_MAX);
}

TEST(FlameSvgTest, HasABoxWithATooltipForEachFunction) {
  FlameOptions options;
  options.title = "a <title>";
  options.width = 220;
  options.format_value = [](int64_t value) {
    return std::to_string(value) + " apples";
  };
  const std::string svg =
      ToFlameSvg(MakeParsed({{{"+in", "main"}, 25}, {{"main"}, 75}}), options);
  EXPECT_NE(svg.find("<title>a &lt;title&gt;</title>"), std::string::npos);
  EXPECT_NE(svg.find("<title>main (100 apples, 100.00%)</title>"),
            std::string::npos);
  EXPECT_NE(svg.find("<title>» in (25 apples, 25.00%)</title>"),
            std::string::npos);
  EXPECT_NE(svg.find("data-x=\"10.0000\" data-w=\"50.0000\" data-d=\"2\""),
            std::string::npos);
  EXPECT_NE(svg.find("width=\"220\" height=\"128\""), std::string::npos);
  options.format_value = nullptr;
  EXPECT_NE(ToFlameSvg(MakeParsed({{{"main"}, 75}}), options)
                .find("<title>main (75 nanoseconds, 100.00%)</title>"),
            std::string::npos);
}

TEST(FlameSvgTest, NamesAreNeverMarkup) {
  const std::string bad = "</title><script>alert(1)</script>&\"]]>";
  FlameOptions options;
  options.title = bad;
  const std::string svg =
      ToFlameSvg(MakeParsed({{{bad + "\x01\xff\xef\xbf\xbf\n"}, 1}}), options);
  EXPECT_EQ(CountOf("<script", svg), 1U);
  EXPECT_EQ(CountOf("alert(1)</", svg), 0U);
  EXPECT_EQ(CountOf("]]>", svg), 1U);
  EXPECT_NE(svg.find("&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;"
                     "&quot;]]&gt;\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd  ("),
            std::string::npos);
}

TEST(FlameSvgTest, LeavesOutSpecks) {
  const ParsedProfile profile =
      MakeParsed({{{"large"}, 1000000}, {{"small"}, 90}, {{"speck"}, 80}});
  const std::string svg = ToFlameSvg(profile, {});  // of 1180 pixels
  EXPECT_NE(svg.find("<title>small"), std::string::npos);
  EXPECT_EQ(svg.find("<title>speck"), std::string::npos);
}

TEST(FlameSvgTest, LeavesOutWhatIsTooHighForABrowser) {
  const std::vector<std::string> stack(1100, "again");
  const std::string svg = ToFlameSvg(MakeParsed({{stack, 1}}), {});
  EXPECT_NE(svg.find("data-d=\"1000\""), std::string::npos);
  EXPECT_EQ(svg.find("data-d=\"1001\""), std::string::npos);
  EXPECT_NE(svg.find("height=\"16096\""), std::string::npos);
}

TEST(FlameSvgTest, CutsNamesToTheWidthOfTheirBoxes) {
  FlameOptions options;
  options.width = 220;
  const std::string svg = ToFlameSvg(
      MakeParsed({{{"ääääääääääääääääääääääääääääää"}, 50}, {{"b"}, 50}}),
      options);
  // Of 100 pixels.
  EXPECT_NE(svg.find(">äääääääääää..</text>"), std::string::npos) << svg;
  EXPECT_NE(svg.find(">b</text>"), std::string::npos);
}

TEST(FlameSvgTest, IsAPictureAlsoOfNothing) {
  EXPECT_NE(ToFlameSvg({}, {}).find("<title>all (0, 0.00%)</title>"),
            std::string::npos);
}

}  // namespace
}  // namespace bench_profiler
