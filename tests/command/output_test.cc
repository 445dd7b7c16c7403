// Where results go, and how they look there.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "tests/command/terminal.h"
#include "tests/command/tool.h"

namespace bench_profiler {
namespace {

constexpr char kLongName[] =
    "a_function_whose_name_is_longer_than_a_terminal_has_columns_for_it";

TEST(Output, TerminalsCutAndColour) {
  const ToolFolder folder;
  folder.Write("cpu.prof", MakeParsed({{{kLongName, "main"}, 30000000},
                                       {{"Sort", "main"}, 100000}}));
  const std::string plain = folder.Run({"top", "cpu.prof"}).out;
  EXPECT_FALSE(Has(plain, "\x1b"));
  EXPECT_TRUE(Has(plain, kLongName));
  const std::string shown =
      RunOnTerminal({TOOL, "top", "cpu.prof"}, 70, folder.path()).text;
  EXPECT_TRUE(Has(shown, "\x1b[1m      flat  flat%")) << shown;
  EXPECT_TRUE(Has(shown, "\x1b[1;31m")) << shown;
  EXPECT_FALSE(Has(shown, kLongName));
  const std::string cut =
      RunOnTerminal({TOOL, "top", "--color=never", "cpu.prof"}, 70,
                    folder.path())
          .text;
  EXPECT_FALSE(Has(cut, "\x1b"));
  std::istringstream lines(cut);
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    // "…" has three bytes, and stands in one column.
    EXPECT_LE(line.size(), 72u) << line;
  }
  EXPECT_TRUE(Has(cut, "a_function_whose_n")) << cut;
  EXPECT_TRUE(Has(cut, "…"));
  EXPECT_TRUE(Has(
      RunOnTerminal({TOOL, "top", "--width=0", "cpu.prof"}, 70, folder.path())
          .text,
      kLongName));
}

TEST(Output, NamesCannotSteerATerminal) {
  const ToolFolder folder;
  folder.Write("cpu.prof",
               MakeParsed({{{"a\x1b]0;x\x07z", "main"}, 30000000}}));
  const std::string shown =
      RunOnTerminal({TOOL, "top", "--color=never", "cpu.prof"}, 80,
                    folder.path())
          .text;
  EXPECT_TRUE(Has(shown, "a?]0;x?z")) << shown;
  EXPECT_FALSE(Has(shown, "\x1b"));
  // A pipe gets them as they are.
  EXPECT_TRUE(Has(folder.Run({"top", "cpu.prof"}).out, "a\x1b]0;x\x07z"));
  ExpectRefused(folder.Run({"top", "no\nsuch\x1b[2J"}), 2, "no?such?[2J");
}

TEST(Output, PipesAreAsTheOptionsSay) {
  ToolFolder folder;
  folder.Write("cpu.prof", MakeParsed({{{kLongName, "+main", "x"}, 30000000}}));
  EXPECT_TRUE(
      Has(folder.Run({"top", "--color=always", "cpu.prof"}).out, "\x1b[1m"));
  const std::string narrow = folder.Run({"top", "--width=60", "cpu.prof"}).out;
  EXPECT_TRUE(Has(narrow, "…\n")) << narrow;
  EXPECT_FALSE(Has(narrow, kLongName));
}

TEST(Output, ReadersMayStop) {
  const ToolFolder folder;
  std::vector<MadeSample> samples;
  for (int i = 0; i < 3000; ++i) {
    samples.push_back({{"f" + std::to_string(i), "main"}, 1000000});
  }
  folder.Write("cpu.prof", MakeParsed(samples));
  const ProgramResult head =
      folder.Sh("{ $TOOL raw cpu.prof; } | head -n 1 > /dev/null");
  EXPECT_EQ(head.err, "");
  // As well where somebody above ignores SIGPIPE.
  const ProgramResult ignored =
      folder.Sh("trap '' PIPE; { $TOOL raw cpu.prof; } | head -n 1");
  EXPECT_EQ(ignored.err, "");
  EXPECT_EQ(ignored.out.find("PeriodType: cpu"), 0u) << ignored.out;
}

TEST(Output, NoSpaceIsOneLine) {
  const ToolFolder folder;
  folder.Write("cpu.prof", ParseAndSort());
  ExpectRefused(folder.Sh("$TOOL top cpu.prof > /dev/full"), 1,
                "No space left on device");
  ExpectRefused(folder.Sh("$TOOL merge cpu.prof > /dev/full"), 1,
                "No space left on device");
  ExpectRefused(folder.Sh("$TOOL --help > /dev/full"), 1, "No space left");
  ExpectRefused(folder.Run({"top", "-o", "/proc/x", "cpu.prof"}), 1, "/proc/x");
}

TEST(Output, FilesAreWritten) {
  const ToolFolder folder;
  folder.Write("cpu.prof", ParseAndSort());
  const std::string text = folder.Run({"top", "cpu.prof"}).out;
  for (const char* option : {"-o", "--output", "-output"}) {
    const ProgramResult result =
        folder.Run({"top", option, "new/top.txt", "cpu.prof"});
    EXPECT_EQ(result.out + result.err, "");
    EXPECT_EQ(folder.Read("new/top.txt"), text);
    EXPECT_EQ(folder.Sh("rm new/top.txt").exit_code, 0);
  }
}

TEST(Output, FilesForATerminalHaveNames) {
  const ToolFolder folder;
  folder.Write("cpu.prof", ParseAndSort());
  const TerminalResult result = RunOnTerminal(
      {TOOL, "convert", "--folded", "cpu.prof"}, 80, folder.path());
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.text, "written to cpu.folded\r\n");
  EXPECT_EQ(folder.Read("cpu.folded"),
            folder.Run({"convert", "--folded", "cpu.prof"}).out);
  EXPECT_EQ(folder.Read("cpu.folded"),
            "main;Parse 30000000\nmain;Sort 10000000\n");
}

TEST(Output, ConversionsFollowFiltersAndNames) {
  const ToolFolder folder;
  folder.Write("cpu.prof", ParseAndSort());
  EXPECT_EQ(folder.Run({"convert", "--folded", "--focus=Sort", "cpu.prof"}).out,
            "main;Sort 10000000\n");
  ASSERT_EQ(folder.Run({"convert", "-o", "x.speedscope.json", "cpu.prof"}).err,
            "");
  EXPECT_TRUE(Has(folder.Read("x.speedscope.json"), "\"Parse\""));
  ASSERT_EQ(folder.Run({"convert", "--pprof", "-o", "x.prof", "cpu.prof"}).err,
            "");
  EXPECT_EQ(folder.Run({"raw", "x.prof"}).out,
            folder.Run({"raw", "cpu.prof"}).out);
}

TEST(Output, FlameGraphs) {
  const ToolFolder folder;
  folder.Write("cpu.prof", ParseAndSort());
  const std::string svg = folder.Run({"flamegraph", "cpu.prof"}).out;
  EXPECT_TRUE(Has(svg, "</svg>"));
  EXPECT_TRUE(Has(svg, "Parse"));
  EXPECT_TRUE(Has(svg, "30ms")) << svg;
  const std::string sort =
      folder
          .Run({"flamegraph", "--focus=Sort", "--title=A <title>", "cpu.prof"})
          .out;
  EXPECT_FALSE(Has(sort, "Parse"));
  EXPECT_TRUE(Has(sort, "A &lt;title&gt;"));
  ASSERT_EQ(folder.Run({"flamegraph", "cpu.prof", "-o", "x.html"}).err, "");
  const std::string page = folder.Read("x.html");
  EXPECT_TRUE(Has(page, "</html>"));
  EXPECT_TRUE(Has(page, "Parse"));
  ExpectRefused(folder.Run({"report", "missing.d", "-o", "x.html"}), 2,
                "missing.d");
  EXPECT_EQ(folder.Read("x.html"), page);
}

TEST(Output, HelpIsNeverCut) {
  const ToolFolder folder;
  std::string help =
      RunOnTerminal({TOOL, "help", "top"}, 40, folder.path()).text;
  help.erase(std::remove(help.begin(), help.end(), '\r'), help.end());
  EXPECT_EQ(help, folder.Run({"help", "top"}).out);
}

TEST(Output, GraphsNeedGraphviz) {
  ToolFolder folder;
  folder.Write("cpu.prof", ParseAndSort());
  EXPECT_EQ(folder.Run({"dot", "cpu.prof"}).out.find("digraph"), 0u);
  if (folder.Sh("command -v dot").exit_code == 0) {
    const ProgramResult svg = folder.Run({"svg", "cpu.prof"});
    EXPECT_TRUE(Has(svg.out, "</svg>")) << svg.err;
  }
  folder.options.environment.push_back({"PATH", folder.path()});
  const std::string tool = TOOL;
  ExpectRefused(RunProgram({tool, "svg", "cpu.prof"}, folder.options), 1,
                "package graphviz");
  ExpectRefused(
      RunProgram({tool, "top", "https://localhost/x"}, folder.options), 2,
      "curl has to be installed");
}

}  // namespace
}  // namespace bench_profiler
