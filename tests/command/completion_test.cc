// Completion of command lines, by bash itself.
#include <gtest/gtest.h>

#include <string>

#include "tests/command/tool.h"

namespace bench_profiler {
namespace {

class Completion : public testing::Test {
 protected:
  void SetUp() override {
    if (folder_.Sh("command -v bash").exit_code != 0) GTEST_SKIP();
  }

  // What bash offers for the last of these words, which it gets as it splits
  // them: "--color=" is two.
  std::string Complete(const std::string& words) {
    folder_.WriteBytes("complete.bash",
                       "eval \"$($TOOL completion bash)\"\n"
                       "complete -p bench_profiler >&2\n"
                       "COMP_WORDS=(" +
                           words +
                           ")\n"
                           "COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
                           "_bench_profiler\n"
                           "echo ${COMPREPLY[*]}\n");
    const ProgramResult result = folder_.Sh("bash -u complete.bash");
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.err, "complete -F _bench_profiler bench_profiler\n");
    return result.out;
  }

  ToolFolder folder_;
};

TEST_F(Completion, Commands) {
  EXPECT_EQ(Complete("bench_profiler tr"), "tree traces\n");
  EXPECT_EQ(Complete("bench_profiler help fl"), "flamegraph\n");
  EXPECT_TRUE(Has(Complete("bench_profiler ''"), "top tree peek list"));
}

TEST_F(Completion, OptionsOfTheCommand) {
  EXPECT_EQ(Complete("bench_profiler top --node"),
            "--nodecount= --nodefraction=\n");
  EXPECT_EQ(Complete("bench_profiler top cpu.prof --cu"), "--cum\n");
  EXPECT_EQ(Complete("bench_profiler merge --node"), "\n");
  EXPECT_EQ(Complete("bench_profiler convert --fold"), "--folded\n");
  EXPECT_TRUE(Has(Complete("bench_profiler run --cpu"), "--cpuprofile="));
}

TEST_F(Completion, ValuesAndFiles) {
  folder_.WriteBytes("cpu.prof", "");
  EXPECT_EQ(Complete("bench_profiler top --color = a"), "auto always\n");
  EXPECT_EQ(Complete("bench_profiler top --color ="), "auto always never\n");
  EXPECT_EQ(Complete("bench_profiler completion b"), "bash\n");
  EXPECT_EQ(Complete("bench_profiler top cp"), "cpu.prof\n");
  EXPECT_EQ(Complete("bench_profiler top -o cp"), "cpu.prof\n");
  EXPECT_EQ(Complete("bench_profiler convert --format = p"),
            "perfetto pprof\n");
  EXPECT_EQ(Complete("bench_profiler push h:1 cp"), "cpu.prof\n");
  EXPECT_EQ(Complete("bench_profiler push --la"), "--label=\n");
}

TEST_F(Completion, ProgramsToRun) {
  EXPECT_TRUE(Has(Complete("bench_profiler run -- bas"), "bash"));
  EXPECT_EQ(Complete("bench_profiler run -- ./x --cpu"), "\n");
}

TEST_F(Completion, InstalledFileOfBash) {
  folder_.WriteBytes("bench_profiler", "#!/bin/sh\nexec " TOOL " \"$@\"\n");
  const ProgramResult result = folder_.Sh(
      "chmod +x bench_profiler && PATH=.:$PATH bash -c '. " COMPLETIONS
      "/bench_profiler && complete -p bench_profiler'");
  EXPECT_EQ(result.out, "complete -F _bench_profiler bench_profiler\n");
  // Without the tool there is nothing to complete, and nothing is said.
  EXPECT_EQ(
      folder_
          .Sh("PATH=/nothing /bin/bash -c '. " COMPLETIONS "/bench_profiler'")
          .err,
      "");
}

TEST_F(Completion, Zsh) {
  const ProgramResult script = folder_.Run({"completion", "zsh"});
  EXPECT_TRUE(Has(script.out, "'--focus=[only samples")) << script.out;
  if (folder_.Sh("command -v zsh").exit_code != 0) GTEST_SKIP();
  folder_.WriteBytes("script.zsh", script.out);
  EXPECT_EQ(folder_.Sh("zsh -n script.zsh").err, "");
  // As zsh reads it, with a shorter way to see what it would offer.
  folder_.WriteBytes("complete.zsh",
                     "autoload -U compinit && compinit -u -d dump\n"
                     ". ./script.zsh\n"
                     "_arguments() { print -l -- \"$@\" }\n"
                     "_describe() { print -l -- $commands }\n"
                     "words=(bench_profiler tr) CURRENT=2\n"
                     "_bench_profiler_words\n"
                     "words=(bench_profiler merge --o) CURRENT=3\n"
                     "_bench_profiler_words\n");
  const ProgramResult result = folder_.Sh("zsh -f complete.zsh");
  EXPECT_EQ(result.err, "");
  EXPECT_TRUE(Has(result.out, "tree:")) << result.out;
  EXPECT_TRUE(Has(result.out, "--output=[")) << result.out;
}

}  // namespace
}  // namespace bench_profiler
