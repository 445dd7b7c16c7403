// The profiler's own libraries never meet the program's.
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "tests/support/profile_view.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

TEST(Isolation, ProgramWithAProtobufOfItsOwnThatThrows) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.directory = folder.path();
  const ProgramResult result =
      RunProgram({PROGRAMS "/isolation_bench", "--cpuprofile=cpu.prof",
                  "--benchmark_min_time=0.2"},
                 options);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const ProfileView profile = ReadProfile(folder / "cpu.prof");
  ASSERT_TRUE(profile.valid) << profile.problem;
  EXPECT_GT(profile.Sum("cpu",
                        [](const SampleView& sample) {
                          return sample.Has("ThrowFrom") &&
                                 sample.Label("phase") == "timed";
                        }),
            0);
}

// What a user's binary needs at run time: nothing but the core, which needs
// nothing but libc and libstdc++.
TEST(Isolation, TheCoreNeedsNoOtherLibrary) {
  const ProgramResult result = RunProgram({"readelf", "-d", CORE_LIBRARY});
  if (result.exit_code == 127) GTEST_SKIP() << "readelf is not installed";
  for (const char* library : {"libunwind", "libdw", "libprotobuf", "libz."}) {
    EXPECT_EQ(result.out.find(library), std::string::npos) << library;
  }
  EXPECT_NE(result.out.find("libc.so"), std::string::npos) << result.out;
}

bool IsInterposed(const std::string& name) {
  for (const char* interposed :
       {"pthread_create", "dlclose", "sigaction", "signal", "sigtimedwait",
        "sigwait", "sigwaitinfo", "daemon"}) {
    if (name == interposed) return true;
  }
  return false;
}

// The lines of nm for what `file` defines.
std::vector<std::string> Defined(const char* file,
                                 std::vector<std::string> flags) {
  flags.insert(flags.begin(), "nm");
  flags.insert(flags.end(), {"--defined-only", file});
  std::istringstream output(RunProgram(flags).out);
  std::vector<std::string> lines;
  for (std::string line; std::getline(output, line);) lines.push_back(line);
  return lines;
}

std::string Name(const std::string& line) {
  return line.substr(line.find_last_of(' ') + 1);
}

TEST(Isolation, TheCoreExportsOnlyItsOwnNames) {
  const std::vector<std::string> lines = Defined(CORE_LIBRARY, {"-D", "-C"});
  if (lines.empty()) GTEST_SKIP() << "nm is not installed";
  for (const std::string& line : lines) {
    EXPECT_TRUE(line.find("bench_profiler") != std::string::npos ||
                IsInterposed(Name(line)))
        << line;
  }
}

// It collects nothing, and libc's functions are libc's in it.
TEST(Isolation, TheCommandTakesThePlaceOfNothing) {
  const std::vector<std::string> lines = Defined(COMMAND, {});
  if (lines.empty()) GTEST_SKIP() << "nm is not installed";
  bool has_main = false;
  for (const std::string& line : lines) {
    const std::string name = Name(line);
    has_main = has_main || name == "main";
    EXPECT_FALSE(IsInterposed(name) || name == "malloc") << line;
    EXPECT_EQ(line.find("Collector"), std::string::npos) << line;
  }
  EXPECT_TRUE(has_main);
}

}  // namespace
}  // namespace bench_profiler
