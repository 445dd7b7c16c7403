// The profiler's own libraries never meet the program's.
#include <gtest/gtest.h>

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

TEST(Isolation, TheCoreExportsOnlyItsOwnNames) {
  const ProgramResult result =
      RunProgram({"nm", "-D", "-C", "--defined-only", CORE_LIBRARY});
  if (result.exit_code == 127) GTEST_SKIP() << "nm is not installed";
  size_t start = 0;
  while (start < result.out.size()) {
    const size_t end = result.out.find('\n', start);
    const std::string line = result.out.substr(start, end - start);
    const bool ours = line.find("bench_profiler") != std::string::npos;
    const std::string name = line.substr(line.find_last_of(' ') + 1);
    const bool interposed = name == "pthread_create" || name == "dlclose" ||
                            name == "sigaction" || name == "signal" ||
                            name == "sigtimedwait" || name == "sigwait" ||
                            name == "sigwaitinfo" || name == "daemon";
    EXPECT_TRUE(ours || interposed) << line;
    start = end + 1;
  }
}

}  // namespace
}  // namespace bench_profiler
