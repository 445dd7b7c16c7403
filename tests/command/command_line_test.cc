// Commands, options, help and exit codes.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "tests/command/tool.h"

namespace bench_profiler {
namespace {

// The commands that the help lists.
std::vector<std::string> Commands(const std::string& help) {
  std::vector<std::string> names;
  std::istringstream lines(help);
  bool is_table = false;
  for (std::string line; std::getline(lines, line);) {
    const bool is_row = line.substr(0, 2) == "  " && line.size() > 2;
    if (is_row && line.find("run ") == 2) is_table = true;
    if (!is_row && is_table) break;
    if (is_table) names.push_back(line.substr(2, line.find(' ', 2) - 2));
  }
  return names;
}

TEST(CommandLine, HelpOfEachCommand) {
  const ToolFolder folder;
  const ProgramResult help = folder.Run({"--help"});
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_EQ(help.out, folder.Run({"help"}).out);
  const std::vector<std::string> commands = Commands(help.out);
  for (const char* name :
       {"run", "count", "top", "tree", "peek", "list", "traces", "raw", "tags",
        "flamegraph", "svg", "merge", "convert", "report", "shell"}) {
    EXPECT_EQ(std::count(commands.begin(), commands.end(), name), 1) << name;
  }
  for (const std::string& name : commands) {
    const ProgramResult result = folder.Run({"help", name});
    EXPECT_EQ(result.exit_code, 0) << name;
    EXPECT_EQ(result.err, "") << name;
    EXPECT_TRUE(Has(result.out, "bench_profiler " + name)) << result.out;
    EXPECT_EQ(folder.Run({name, "--help"}).out, result.out) << name;
    if (name == "run") continue;  // its examples are in README.md
    const size_t examples = result.out.find("Examples:\n");
    ASSERT_NE(examples, std::string::npos) << name;
    EXPECT_TRUE(Has(result.out.substr(examples), "bench_profiler")) << name;
  }
  EXPECT_EQ(folder.Run({"--version"}).out.find("bench_profiler "), 0u);
}

TEST(CommandLine, MistakesAreOneLine) {
  const ToolFolder folder;
  folder.Write("cpu.prof", ParseAndSort());
  const struct {
    std::vector<std::string> words;
    int exit_code;
    const char* line;
  } mistakes[] = {
      {{}, 2, "a command is missing"},
      {{"tpo"}, 2, "no such command: tpo; did you mean top?"},
      {{"-top", "cpu.prof"}, 2, "did you mean top?"},
      {{"xyz"}, 2, "no such command: xyz; bench_profiler --help"},
      {{"--x"}, 2, "no such command: --x"},
      {{"help", "trees"}, 2, "did you mean tree?"},
      {{"top"}, 2, "top: a FILE is missing"},
      {{"list", "--lines"}, 2, "a REGEX and a FILE are missing"},
      {{"list", "x"}, 2, "a FILE is missing"},
      {{"top", "--focuss=x", "cpu.prof"}, 2, "did you mean --focus?"},
      {{"top", "-zzzzz", "cpu.prof"}, 2, "no such option: -zzzzz; --help"},
      {{"top", "cpu.prof", "--focus"}, 2, "a value is missing: --focus=REGEX"},
      {{"top", "--nodecount=many", "cpu.prof"}, 2, "--nodecount=many"},
      {{"top", "--nodefraction=1%", "cpu.prof"}, 2, "--nodefraction=1%"},
      {{"top", "--trim=maybe", "cpu.prof"}, 2, "true or false"},
      {{"top", "--color=red", "cpu.prof"}, 2, "auto|always|never"},
      {{"top", "--focus=(", "cpu.prof"}, 1, "focus"},
      {{"peek", "(", "cpu.prof"}, 1, "("},
      {{"list", "nothing", "cpu.prof"}, 1, "no matches found"},
      {{"top", "--sample_index=x", "cpu.prof"}, 1, "sample_index \"x\""},
      {{"top", "--divide_by=0", "cpu.prof"}, 1, "divide_by"},
      {{"top", "--normalize", "cpu.prof"}, 2, "--base"},
      {{"top", "--base=a", "--diff_base=b", "cpu.prof"}, 2, "exclude"},
      {{"convert", "cpu.prof"}, 2, "a format is missing: --folded"},
      {{"convert", "--format=x", "cpu.prof"}, 2, "folded|speedscope"},
      {{"merge", "--focus=x", "cpu.prof"}, 2, "no such option: --focus"},
      {{"completion", "fish"}, 2, "bash|zsh"},
      {{"shell", "-"}, 2, "standard input is for commands"},
  };
  for (const auto& mistake : mistakes) {
    ExpectRefused(folder.Run(mistake.words), mistake.exit_code, mistake.line);
  }
}

TEST(CommandLine, OptionsInAllSpellings) {
  const ToolFolder folder;
  folder.Write("cpu.prof", ParseAndSort());
  const std::string sorted =
      folder.Run({"top", "-cum", "-nodecount=2", "cpu.prof"}).out;
  EXPECT_TRUE(Has(sorted, "40ms   100%  main")) << sorted;
  EXPECT_FALSE(Has(sorted, "Sort"));
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{
           {"top", "cpu.prof", "--cum", "--nodecount", "2"},
           {"top", "--nodecount=2", "--flat", "--cum=true", "--", "cpu.prof"},
           {"top", "-cum=1", "-trim", "cpu.prof", "-nodecount", "2"},
           {"top", "--symbolize=none", "--cum", "--nodecount=2", "cpu.prof"}}) {
    EXPECT_EQ(folder.Run(words).out, sorted) << words[1];
  }
  EXPECT_NE(folder.Run({"top", "-cum=false", "-nodecount=2", "cpu.prof"}).out,
            sorted);
  EXPECT_EQ(folder.Run({"top", "--sample-index=cpu", "cpu.prof"}).out,
            folder.Run({"top", "-sample_index=0", "cpu.prof"}).out);
}

TEST(CommandLine, ShortcutsOfSampleTypes) {
  const ToolFolder folder;
  ParsedProfile profile = ParseAndSort();
  profile.value_types = {{"contentions", "count"}, {"delay", "nanoseconds"}};
  for (ParsedSample& sample : profile.samples) {
    sample.values.insert(sample.values.begin(), 10);
  }
  folder.Write("block.prof", profile);
  const auto top = [&](const std::string& option) {
    return folder.Run({"top", option, "block.prof"}).out;
  };
  EXPECT_TRUE(Has(top("-contentions"), "Type: contentions"));
  EXPECT_TRUE(Has(top("-total_delay"), "30ms 75.00%"));
  EXPECT_TRUE(Has(top("-mean_delay"), "Type: mean_delay"));
  EXPECT_TRUE(Has(top("-mean_delay"), "3ms")) << top("-mean_delay");
  EXPECT_TRUE(Has(top("--divide_by=10"), "3ms 75.00%"));
}

}  // namespace
}  // namespace bench_profiler
