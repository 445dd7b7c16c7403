// bench_profiler shell: pprof's interactive mode.
#include <gtest/gtest.h>

#include <string>

#include "tests/command/terminal.h"
#include "tests/command/tool.h"

namespace bench_profiler {
namespace {

class Shell : public testing::Test {
 protected:
  Shell() { folder_.Write("cpu.prof", ParseAndSort()); }

  // What comes of these lines.
  ProgramResult Type(const std::string& lines) {
    folder_.WriteBytes("lines", lines);
    return folder_.Sh("$TOOL shell cpu.prof < lines");
  }

  std::string Top(const std::vector<std::string>& options) {
    std::vector<std::string> words = {"top", "--compact_labels"};
    words.insert(words.end(), options.begin(), options.end());
    words.push_back("cpu.prof");
    return folder_.Run(words).out;
  }

  ToolFolder folder_;
};

TEST_F(Shell, ReportsAreThoseOfTheCommands) {
  const std::string all = Top({"--nodecount=10"});
  EXPECT_EQ(Type("top\n").out, all);
  EXPECT_EQ(Type("text\nquit\ntop\n").out, all);
  EXPECT_EQ(Type("top 1\n").out, Top({"--nodecount=1"}));
  EXPECT_EQ(Type("top1").out, Top({"--nodecount=1"}));
  EXPECT_EQ(Type("  top -cum Parse  -Sort \n").out,
            Top({"--nodecount=10", "--cum", "--focus=Parse", "--ignore=Sort"}));
  EXPECT_EQ(Type("peek Sort\n").out,
            folder_.Run({"peek", "--compact_labels", "Sort", "cpu.prof"}).out);
  EXPECT_EQ(Type("tags BM_Sort\n").out,
            folder_.Run({"tags", "--tagfocus=BM_Sort", "cpu.prof"}).out);
}

TEST_F(Shell, AssignmentsLast) {
  const std::string focused = Top({"--nodecount=10", "--focus=Parse"});
  EXPECT_EQ(Type("focus=Parse\ntop\ntop\n").out, focused + focused);
  EXPECT_EQ(Type("focus = Parse //: why\ntop\n").out, focused);
  EXPECT_EQ(Type("focus=Parse\n:\ntop\n").out, Top({"--nodecount=10"}));
  EXPECT_EQ(Type("top Parse\ntop\n").out, focused + Top({"--nodecount=10"}));
  EXPECT_EQ(Type("cum\nnodecount=1\ntop\n").out,
            Top({"--cum", "--nodecount=1"}));
  EXPECT_EQ(Type("sort=cum\ncum=false\ngranularity=lines\ncpu\ntop\n").out,
            Top({"--cum=false", "--lines", "--nodecount=10"}));
  EXPECT_EQ(Type("mean_cpu\ntop\n").out, Top({"--mean", "--nodecount=10"}));
}

TEST_F(Shell, MistakesAreOneLineAndGoOn) {
  for (const char* line : {"tpo", "focus", "nodecount=x", "sample_index=x",
                           "alloc_space", "granularity=x", "peek", "list",
                           "top >", "top (", "list nothing", "help nothing"}) {
    const ProgramResult result = Type(std::string(line) + "\ncomments\n");
    EXPECT_EQ(result.exit_code, 0);
    if (std::string(line) == "help nothing") continue;
    EXPECT_EQ(result.out, "") << line;
    EXPECT_EQ(result.err.find('\n'), result.err.size() - 1)
        << line << ": " << result.err;
  }
  EXPECT_TRUE(Has(Type("tpo\n").err, "did you mean top?"));
}

TEST_F(Shell, FilesByRedirection) {
  EXPECT_EQ(Type("top > out.txt\ntop >again.txt\n").out, "");
  EXPECT_EQ(folder_.Read("out.txt"), Top({"--nodecount=10"}));
  EXPECT_EQ(folder_.Read("again.txt"), folder_.Read("out.txt"));
}

TEST_F(Shell, ListsOptionsAndHelp) {
  const std::string options = Type("focus=Parse\nlines\no\n").out;
  EXPECT_TRUE(Has(options, "focus                     = Parse ")) << options;
  EXPECT_TRUE(Has(options, "granularity               = lines "));
  EXPECT_TRUE(Has(options, "//: [cpu]"));
  EXPECT_EQ(Type("focus=Parse\nlines\noptions\n").out, options);
  const std::string help = Type("help\n").out;
  EXPECT_TRUE(Has(help, "peek REGEX")) << help;
  EXPECT_TRUE(Has(Type("help focus\n").out, "only samples"));
}

TEST_F(Shell, PromptsOnATerminal) {
  const TerminalResult result =
      RunOnTerminal({TOOL, "shell", "--color=never", "cpu.prof"}, 80,
                    folder_.path(), "top 1\n\x04");
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_TRUE(Has(result.text, "(bench_profiler) ")) << result.text;
  EXPECT_TRUE(Has(result.text, "30ms 75.00%")) << result.text;
}

}  // namespace
}  // namespace bench_profiler
