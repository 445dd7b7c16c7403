#include "bench_profiler/html/page.h"

#include <gtest/gtest.h>

#include <string>

#include "bench_profiler/html/assets.h"
#include "bench_profiler/html/base64.h"
#include "bench_profiler/html/escape.h"
#include "bench_profiler/html/quantity.h"
#include "tests/html/made_up_page.h"
#include "tests/html/page_view.h"

namespace bench_profiler {
namespace {

size_t Count(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos;
       at = text.find(part, at + part.size())) {
    ++count;
  }
  return count;
}

TEST(Base64, IsAsTheStandardHasIt) {
  EXPECT_EQ(Base64(""), "");
  EXPECT_EQ(Base64("f"), "Zg==");
  EXPECT_EQ(Base64("fo"), "Zm8=");
  EXPECT_EQ(Base64("foo"), "Zm9v");
  EXPECT_EQ(Base64("foob"), "Zm9vYg==");
  EXPECT_EQ(Base64(std::string("\xff\xfe\0", 3)), "//4A");
}

TEST(EscapeHtml, LeavesNothingThatIsMarkup) {
  EXPECT_EQ(EscapeHtml("<a href=\"x\" b='y'>&amp;"),
            "&lt;a href=&#34;x&#34; b=&#39;y&#39;&gt;&amp;amp;");
  EXPECT_EQ(EscapeHtml("\xc3\xa4 \xff"), "\xc3\xa4 \xef\xbf\xbd");
  EXPECT_EQ(EscapeHtml(std::string("a\0b\x1b", 4)),
            "a\xef\xbf\xbd"
            "b\xef\xbf\xbd");
}

TEST(Quantity, HasThreeDigitsAndAUnit) {
  EXPECT_EQ(Quantity(0, "nanoseconds"), "0 ns");
  EXPECT_EQ(Quantity(2.54, "nanoseconds"), "2.54 ns");
  EXPECT_EQ(Quantity(0.0012, "nanoseconds"), "1.2e-03 ns");
  EXPECT_EQ(Quantity(1500, "nanoseconds"), "1.5 us");
  EXPECT_EQ(Quantity(12345678, "nanoseconds"), "12.3 ms");
  EXPECT_EQ(Quantity(9e11, "nanoseconds"), "900 s");
  EXPECT_EQ(Quantity(1023, "bytes"), "1023 B");
  EXPECT_EQ(Quantity(1536, "bytes"), "1.5 kB");
  EXPECT_EQ(Quantity(1, "count"), "1");
  EXPECT_EQ(Quantity(3758, "count"), "3.76k");
  EXPECT_EQ(Quantity(-2048, "bytes"), "-2 kB");
  EXPECT_EQ(Quantity(7, "widgets"), "7 widgets");
  EXPECT_EQ(Percent(0.256), "25.6 %");
}

// A benchmark, a function and a file that would like to run a script.
PageData Hostile() {
  const std::string bad =
      "</script><script>alert(1)</script><!--\"'><img src=x onerror=alert(1)>";
  PageData data;
  data.title = bad;
  data.context = {{bad, bad}};
  data.kinds = {{"cpu", bad, "cpu", "nanoseconds"}};
  data.frames = {{bad, bad, bad, 1, FrameGroup::kUser}};
  data.sources[bad][1] = {bad};
  PageBenchmark benchmark;
  benchmark.name = bad;
  benchmark.label = bad;
  PageTree tree;
  tree.total = 10;
  tree.samples = 10;
  tree.nodes = {{0, 0, false, false, 10}};
  benchmark.profiles = {tree};
  data.benchmarks = {benchmark};
  return data;
}

TEST(Page, NamesAreNeverMarkup) {
  const std::string html = HtmlPage(Hostile());
  EXPECT_EQ(html.find("alert(1)</script"), std::string::npos);
  EXPECT_EQ(html.find("<img"), std::string::npos);
  EXPECT_EQ(html.find("<!--"), std::string::npos);
  // The data and the script, and no other one.
  EXPECT_EQ(Count(html, "<script"), 2u);
  EXPECT_EQ(Count(html, "</script"), 2u);
  EXPECT_NE(html.find("&lt;script&gt;alert(1)"), std::string::npos);
  // The script gets them as they are, as data.
  EXPECT_EQ(DataIn(html)["benchmarks"][0]["name"], Hostile().title);
}

TEST(Page, OnlyItsOwnScriptMayRun) {
  const std::string html = HtmlPage(MadeUpSuite(1));
  const std::string policy =
      Between(html, "Content-Security-Policy\" content=\"", "\"");
  EXPECT_NE(policy.find("default-src 'none'"), std::string::npos);
  EXPECT_NE(
      policy.find("script-src 'sha256-" + Base64(ReportScriptHash()) + "'"),
      std::string::npos);
  EXPECT_EQ(Count(policy, "script-src"), 1u);
  EXPECT_EQ(Between(html, "<script>", "</script>"),
            std::string(ReportScript()));
  EXPECT_EQ(ReportScriptHash().size(), 32u);
}

TEST(Page, AssetsDoNotEndTheirElements) {
  for (const char* end : {"</script", "<!--", "</style"}) {
    EXPECT_EQ(ReportScript().find(end), std::string_view::npos) << end;
    EXPECT_EQ(ReportStyle().find(end), std::string_view::npos) << end;
  }
}

TEST(Page, LoadsNothing) {
  const std::string html = HtmlPage(MadeUpSuite(3));
  for (const char* part : {" src=", "url(", "@import", "<link", "<iframe"}) {
    EXPECT_EQ(html.find(part), std::string::npos) << part;
  }
}

TEST(Page, TextsThatAreNotUtf8AreShown) {
  PageData data = Hostile();
  data.benchmarks[0].name = "caf\xe9";
  data.frames[0].name = "\xff";
  const std::string html = HtmlPage(data);
  EXPECT_NE(html.find("caf\xef\xbf\xbd"), std::string::npos);
  EXPECT_EQ(DataIn(html)["benchmarks"][0]["name"], "caf\xef\xbf\xbd");
}

TEST(Page, AThousandBenchmarksAreLessThanAMegabyte) {
  const std::string html = HtmlPage(MadeUpSuite(1000));
  EXPECT_LT(html.size(), 1000000u);
  // What is read first is not hidden, and the rest is there without a script.
  EXPECT_EQ(Count(html, "<th scope=row>BM_Case"), 1000u);
  const std::string open = html.substr(0, html.find("<details>"));
  EXPECT_EQ(Count(open, "<th scope=row>BM_Case"), 100u);
  EXPECT_NE(html.find("<summary>900 more</summary>"), std::string::npos);
  EXPECT_EQ(DataIn(html)["benchmarks"].size(), 1000u);
  EXPECT_EQ(DataIn(html)["families"].size(), 100u);
}

TEST(Page, TellsWhatABenchmarkCostsAndWhere) {
  PageData data = Hostile();
  PageBenchmark& benchmark = data.benchmarks[0];
  benchmark.name = "BM_Sort/8";
  benchmark.is_complete = false;
  benchmark.columns = {{"real", 1500}, {"bytes", 2048}};
  benchmark.spread = {{"real", 0.02}};
  data.kinds[0].title = "CPU";
  data.frames = {{"sort", "sort(int)", "a.cc", 1, FrameGroup::kUser},
                 {"swap", "swap(int)", "a.cc", 9, FrameGroup::kUser}};
  PageTree& tree = *benchmark.profiles[0];
  tree.samples = 100;
  tree.total = 400;
  tree.nodes = {{0, 0, false, false, 100}, {1, 1, true, false, 300}};
  const std::string html = HtmlPage(data);
  EXPECT_NE(html.find("BM_Sort/8 (not finished)<td>1.5 us \xc2\xb1 2 "
                      "%<td>2 kB<td>100\n"),
            std::string::npos);
  EXPECT_NE(html.find("CPU: 75 % \xc2\xb1 8.49 % swap; 25 % \xc2\xb1 8.49 % "
                      "sort\n"),
            std::string::npos);
  const Json tree_json = DataIn(html)["benchmarks"][0]["profiles"][0];
  EXPECT_EQ(tree_json["frame"][1], 3);  // index 1, inlined
  EXPECT_EQ(tree_json["self"][1], 300);
}

TEST(Page, HasWhatTwoProgramsDifferIn) {
  PageData data = Hostile();
  EXPECT_FALSE(DataIn(HtmlPage(data)).Has("comparison"));
  const std::string bad = data.title;
  data.comparison =
      PageComparison{bad, "new", {{"time", "time/op", "nanoseconds"}}, {bad}};
  PageBenchmark& benchmark = data.benchmarks[0];
  benchmark.verdict = PageVerdict::kMore;
  benchmark.changes = {PageChange{PageVerdict::kMore, 8, 10, 0.25, NAN, 0.5}};
  benchmark.notes = {bad};
  PageTree& tree = *benchmark.profiles[0];
  tree.old_self = {8};
  tree.changes.resize(2);
  tree.changes[1].verdict = PageVerdict::kLess;
  tree.changes[1].note = bad;
  const std::string html = HtmlPage(data, "<p>rows");
  EXPECT_NE(html.find("<p>rows</main>"), std::string::npos);
  EXPECT_EQ(Count(html, "<script"), 2u);
  const Json json = DataIn(html);
  EXPECT_EQ(json["comparison"]["old"], bad);
  EXPECT_EQ(json["comparison"]["warnings"][0], bad);
  const Json change = json["benchmarks"][0]["changes"][0];
  EXPECT_EQ(change[0], 1);
  EXPECT_EQ(change[3], 0.25);
  EXPECT_TRUE(change[4].IsNull());
  EXPECT_EQ(change[5], 0.5);
  const Json profile = json["benchmarks"][0]["profiles"][0];
  EXPECT_EQ(profile["old"][0], 8);
  EXPECT_EQ(profile["functions"][0].size(), 7u);
  EXPECT_EQ(profile["functions"][0][1], 3);
  EXPECT_EQ(profile["functions"][1][1], 2);
  EXPECT_EQ(profile["functions"][1][7], bad);
}

}  // namespace
}  // namespace bench_profiler
