// A small C++ program with known functions and lines, built while the test
// runs: by any compiler, with any options.
//
//   TestProgram program;
//   SKIP_IF_TOOL_IS_MISSING(program, program.Build("g++ -g -O2 $SRC -o $OUT"));
//   uint64_t address = program.Mark("chain_mark");
//   program.Run("strip $OUT");        // marks keep their addresses
//
// Everything lives in a folder that goes with the object.
#ifndef BENCH_PROFILER_TESTS_SYMBOLIZE_TEST_PROGRAM_H_
#define BENCH_PROFILER_TESTS_SYMBOLIZE_TEST_PROGRAM_H_

#include <cstdint>
#include <map>
#include <string>

namespace bench_profiler {

class TestProgram {
 public:
  TestProgram();
  ~TestProgram();
  TestProgram(const TestProgram&) = delete;
  TestProgram& operator=(const TestProgram&) = delete;

  // Runs a command of the shell in the folder, with $SRC, $OUT and $DIR set.
  // There, `detach` moves the debug information of $OUT to $OUT.debug.
  // Returns whether it succeeded.
  bool Run(const std::string& command) const;
  // The same, then reads the marks of $OUT.
  bool Build(const std::string& command);
  // What the last command said of a tool that is not here, such as "sh: 1: dwz:
  // not found"; empty if it failed for any other reason.
  std::string MissingTool() const;

  std::string folder() const { return folder_; }
  std::string path() const { return folder_ + "/program"; }
  std::string source() const { return folder_ + "/program.cc"; }

  // Address in the file of the instruction behind an assembler label of the
  // source; 0 if there is none.
  uint64_t Mark(const std::string& name) const;
  // Number of the source line with the comment "// @name".
  static int Line(const std::string& name);

 private:
  std::string folder_;
  std::map<std::string, uint64_t> marks_;
};

// Skips the test if a command failed for want of a tool; any other failure is
// one.
#define SKIP_IF_TOOL_IS_MISSING(program, succeeded)       \
  if (!(succeeded)) {                                     \
    ASSERT_NE((program).MissingTool(), "") << #succeeded; \
    GTEST_SKIP() << (program).MissingTool();              \
  }

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_SYMBOLIZE_TEST_PROGRAM_H_
