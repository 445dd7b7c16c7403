// Names of functions and files as reports show them.
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "bench_profiler/report/dot_text.h"
#include "bench_profiler/report/node_table.h"
#include "bench_profiler/report/paths.h"

namespace bench_profiler {
namespace {

TEST(ReportNames, PathsAreCleanAndShort) {
  EXPECT_EQ(BaseName("/usr/bin/bench"), "bench");
  EXPECT_EQ(BaseName("bench/"), "bench");
  EXPECT_EQ(BaseName(""), ".");
  EXPECT_EQ(BaseName("//"), "/");
  EXPECT_EQ(CleanPath("./a//b/../c.cc"), "a/c.cc");
  EXPECT_EQ(CleanPath("/../a/./b/"), "/a/b");
  EXPECT_EQ(CleanPath("../../a"), "../../a");
  EXPECT_EQ(CleanPath("a/.."), ".");
}

TEST(ReportNames, PathsAreTrimmed) {
  EXPECT_EQ(TrimPath("/src/a/b.cc", "/src", ""), "a/b.cc");
  EXPECT_EQ(TrimPath("/src/a/b.cc", "/other:/src/a/", ""), "b.cc");
  EXPECT_EQ(TrimPath("/src/a/b.cc", "/other", "/here/src"), "/src/a/b.cc");
  EXPECT_EQ(TrimPath("/remote/src/a/b.cc", "", "/here:/local/src"), "a/b.cc");
  EXPECT_EQ(TrimPath("/proc/self/cwd/a.cc", "", ""), "a.cc");
  EXPECT_EQ(TrimPath("/proc/self/cwd/./a.cc", "", ""), "a.cc");
}

TEST(ReportNames, NodesHaveWhatIsKnown) {
  NodeInfo info;
  EXPECT_EQ(info.PrintableName(), "<unknown>");
  info.module = "/lib/libc.so.6";
  EXPECT_EQ(info.PrintableName(), "[libc.so.6]");
  info.address = 0x4a0;
  EXPECT_EQ(info.PrintableName(), "00000000000004a0 [libc.so.6]");
  info.name = "read";
  EXPECT_EQ(info.PrintableName(), "00000000000004a0 read");
  info.file = "read.c";
  info.line = 7;
  EXPECT_EQ(info.PrintableName(), "00000000000004a0 read read.c:7");
}

TEST(ReportNames, ArePartsOnlyInPictures) {
  for (const auto& [name, expected] :
       std::initializer_list<std::pair<const char*, const char*>>{
           {"main", "main"},
           {"a::b::Parser::Next", "Parser::Next"},
           {"a::b::Parser::~Parser", "Parser::~Parser"},
           {"(anonymous namespace)::Add", "Add"},
           {"std::sort", "std::sort"},
           {"Outer::Inner::Run<int>", "Inner::Run<int>"},
           {"github.com/a/b/c.Run", "c.Run"},
           {"example.com/module/v2.Run", "module.Run"},
           {"runtime.(*mheap).alloc", "runtime.(*mheap).alloc"},
           {"java.util.List.add(int)", "List.add"},
           {"operator/=", "operator/="},
       }) {
    EXPECT_EQ(ShortenFunctionName(name), expected);
  }
  NodeInfo info;
  info.name = "a::Parser::Next";
  EXPECT_EQ(NameInBox(info), "Parser\\nNext\\n");
  info.name = "main.F[...]";
  EXPECT_EQ(NameInBox(info), "main\\nF[\u2026]\\n");
  EXPECT_EQ(EscapeForDot("\"a\\b\"\n"), "\\\"a\\\\b\\\"\\l");
}

TEST(ReportNames, ColoursGoFromGreenOverGreyToRed) {
  EXPECT_EQ(DotColor(0, true), "#ededed");
  EXPECT_EQ(DotColor(0, false), "#b2b2b2");
  EXPECT_EQ(DotColor(1, false), "#b20000");
  EXPECT_EQ(DotColor(-1, false), "#00b200");
  EXPECT_EQ(DotColor(5, false), DotColor(1, false));
  EXPECT_EQ(DotColor(1, true), "#edd5d5");
}

}  // namespace
}  // namespace bench_profiler
