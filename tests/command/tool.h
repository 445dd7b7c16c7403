// Runs the command bench_profiler with files that a test has made.
//
//   ToolFolder folder;
//   folder.Write("cpu.prof", MakeParsed({{{"leaf", "main"}, 7}}));
//   EXPECT_EQ(folder.Run({"top", "cpu.prof"}).exit_code, 0);
#ifndef BENCH_PROFILER_TESTS_COMMAND_TOOL_H_
#define BENCH_PROFILER_TESTS_COMMAND_TOOL_H_

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "bench_profiler/formats/parsed_pprof_writer.h"
#include "tests/formats/parsed_profiles.h"
#include "tests/support/program.h"

namespace bench_profiler {

class ToolFolder {
 public:
  ToolFolder() {
    options.directory = folder_.path();
    options.environment = {{"TOOL", TOOL}, {"NO_COLOR", ""}, {"TZ", "UTC"}};
  }

  ProgramResult Run(std::vector<std::string> words) const {
    words.insert(words.begin(), TOOL);
    return RunProgram(words, options);
  }

  // A line for the shell; $TOOL is the command.
  ProgramResult Sh(const std::string& line) const {
    return RunProgram({"sh", "-c", line}, options);
  }

  void WriteBytes(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }

  void Write(const std::string& name, const ParsedProfile& profile) const {
    WriteBytes(name, WritePprof(profile));
  }

  std::string Read(const std::string& name) const {
    return ReadFile(folder_ / name);
  }

  std::string path() const { return folder_.path(); }

  ProgramOptions options;  // of programs that are run

 private:
  const TemporaryFolder folder_;
};

// 30 ms of Parse and 10 ms of Sort, both below main.
inline ParsedProfile ParseAndSort() {
  return MakeParsed(
      {{{"Parse", "main"}, 30000000, {TextLabel("benchmark", "BM_Parse")}},
       {{"Sort", "main"}, 10000000, {TextLabel("benchmark", "BM_Sort")}}});
}

inline bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// One line on standard error with `part` in it, and nothing else.
inline void ExpectRefused(const ProgramResult& result, int exit_code,
                          const std::string& part) {
  EXPECT_EQ(result.exit_code, exit_code) << result.err;
  EXPECT_EQ(result.out, "");
  EXPECT_TRUE(Has(result.err, part)) << result.err << "has no " << part;
  EXPECT_EQ(result.err.find('\n'), result.err.size() - 1) << result.err;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_COMMAND_TOOL_H_
