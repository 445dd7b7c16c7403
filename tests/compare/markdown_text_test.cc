#include "bench_profiler/compare/markdown_text.h"

#include <gtest/gtest.h>

#include <string>

#include "bench_profiler/formats/utf8.h"
#include "tests/compare/made_up_comparison.h"

namespace bench_profiler {
namespace {

TEST(MarkdownText, NamesAreCode) {
  EXPECT_EQ(CodeSpan("BM_Sort<int>/8"), "`BM_Sort<int>/8`");
  EXPECT_EQ(CodeSpan("@octocat"), "`@octocat`");
  EXPECT_EQ(CodeSpan("two\nlines"), "`two lines`");
  EXPECT_EQ(CodeSpan(""), "(no name)");
  EXPECT_EQ(CodeSpan("größer"), "`größer`");
}

TEST(MarkdownText, FencesAreLongerThanWhatTheyEnclose) {
  EXPECT_EQ(CodeSpan("a`b"), "``a`b``");
  EXPECT_EQ(CodeSpan("a``b`c"), "```a``b`c```");
  EXPECT_EQ(CodeSpan("`"), "`` ` ``");
  EXPECT_EQ(CodeSpan(" a "), "`  a  `");
  // GitHub knows no fences of more than 80.
  const std::string many = CodeSpan(std::string(100, '`') + "@octocat");
  EXPECT_EQ(many.find('`'), 0U);
  EXPECT_EQ(many.find('`', 1), many.size() - 1);
}

TEST(MarkdownText, BarsCutNoCell) {
  EXPECT_EQ(CodeSpan("operator|"), "`operator|`");
  EXPECT_EQ(TableCell(CodeSpan("operator||")), "`operator\\|\\|`");
  EXPECT_EQ(TableCell(CodeSpan("a\\|b")), "`a\\│b`");
}

TEST(MarkdownText, WhatTurnsTheDirectionIsShownAsUnknown) {
  EXPECT_EQ(CodeSpan("a\xe2\x80\xae"), "`a\xef\xbf\xbd`");
  EXPECT_EQ(CodeSpan("a\xe2\x81\xa6z"), "`a\xef\xbf\xbdz`");
  EXPECT_EQ(CodeSpan("a\xe2\x80"), "`a\xef\xbf\xbd\xef\xbf\xbd`");
}

TEST(MarkdownText, LongNamesKeepTheirEnds) {
  const std::string span =
      CodeSpan("BM_Sort<" + std::string(1000, 'x') + ">/64", 40);
  EXPECT_EQ(span.substr(0, 9), "`BM_Sort<");
  EXPECT_EQ(span.substr(span.size() - 5), ">/64`");
  EXPECT_LE(span.size(), 42U);
  // Characters stay whole.
  for (size_t size = 3; size < 20; ++size) {
    const std::string cut = CodeSpan("äöüäöüäöüäöüäöü速い速い", size);
    EXPECT_EQ(cut, ValidUtf8(cut)) << size;
  }
}

TEST(MarkdownText, SentencesAreCodeOnlyIfTheyCouldBeMarkup) {
  for (const char* plain :
       {"OLD is a debug build, NEW a release", "failed in 2 of 10 processes",
        "2 of 10 processes failed: see old/03", "moved by +2.1 % (all)."}) {
    EXPECT_EQ(PlainOrCode(plain), plain);
  }
  for (const char* code :
       {"@octocat", "BM_Sort_8", "1. a", "12) a", "- a", "<b>", "a*b*",
        "[a](b)", "http://x", "see www.x.org", ":tada:", "a&amp;b", "#12",
        "a|b", "~~a~~", "# a", "> a", "\\a", "$a$"}) {
    EXPECT_NE(PlainOrCode(code), code);
  }
}

}  // namespace
}  // namespace bench_profiler
