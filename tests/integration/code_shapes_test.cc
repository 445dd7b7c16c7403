// Profiles of code that is hard on a stack walker: whole stacks where there are
// some, the leaf at least, and no crash.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/profile_view.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

class CodeShapes : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    ProgramOptions options;
    options.directory = folder_->path();
    const ProgramResult result = RunProgram(
        {PROGRAMS "/code_shapes_bench", "--cpuprofile=cpu.prof"}, options);
    ASSERT_EQ(result.exit_code, 0) << result.err;
    profile_ = new ProfileView(ReadProfile(*folder_ / "cpu.prof"));
    ASSERT_TRUE(profile_->valid) << profile_->problem;
  }
  static void TearDownTestSuite() {
    delete profile_;
    delete folder_;
  }

  static int64_t Nanos(const std::string& benchmark,
                       const ProfileView::Filter& filter = nullptr) {
    return profile_->Sum("cpu", [&](const SampleView& sample) {
      return sample.Label("benchmark").find(benchmark) == 0 &&
             sample.Label("phase") == "timed" && (!filter || filter(sample));
    });
  }

  // Stacks from `function` to main.
  static ProfileView::Filter Through(const std::string& function) {
    return [function](const SampleView& sample) {
      return sample.Has(function) && sample.Has("main");
    };
  }

  static TemporaryFolder* folder_;
  static ProfileView* profile_;
};
TemporaryFolder* CodeShapes::folder_ = nullptr;
ProfileView* CodeShapes::profile_ = nullptr;

TEST_F(CodeShapes, JunkInTheFramePointerDoesNotMatter) {
  const std::string name = "BM_JunkFramePointer";
  EXPECT_GT(Nanos(name, Through("::JunkFramePointer")), 0);
  EXPECT_GT(Nanos(name, Through("UnreadableFramePointer")), 0);
  // All but what may fall on the loop's own few instructions.
  EXPECT_GE(10 * Nanos(name, Through("FramePointer")), 9 * Nanos(name));
}

TEST_F(CodeShapes, VdsoLeadsToItsCaller) {
  EXPECT_GT(Nanos("BM_Vdso"), 0);
  EXPECT_GE(10 * Nanos("BM_Vdso", Through("ReadClock")), 9 * Nanos("BM_Vdso"));
}

TEST_F(CodeShapes, CodeWithoutUnwindTablesIsFollowedByItsFramePointer) {
  const std::string name = "BM_CompiledAtRunTime";
  EXPECT_GT(Nanos(name), 0);
  EXPECT_GE(10 * Nanos(name, Through("CallCompiledCode")), 9 * Nanos(name));
}

// Where neither tables nor frame pointers tell of a caller, the leaf is all.
TEST_F(CodeShapes, LeafIsKeptWithoutACaller) {
  const std::string frameless = "BM_FramelessAtRunTime";
  EXPECT_GT(Nanos(frameless), 0);
  EXPECT_GE(10 * Nanos(frameless,
                       [](const SampleView& sample) {
                         return sample.functions ==
                                std::vector<std::string>{"?"};
                       }),
            9 * Nanos(frameless));

  const std::string junk = "BM_JunkUndescribed";
  EXPECT_GT(Nanos(junk), 0);
  EXPECT_GE(10 * Nanos(junk,
                       [](const SampleView& sample) {
                         return sample.functions ==
                                std::vector<std::string>{"SpinUndescribed"};
                       }),
            9 * Nanos(junk));
}

TEST_F(CodeShapes, ThreadThatStartsInsideDlopenIsSampled) {
#if !__GLIBC_PREREQ(2, 35)
  GTEST_SKIP() << "a library that is being loaded is unknown before glibc 2.35";
#endif
  EXPECT_GT(Nanos("BM_ThreadInsideDlopen",
                  [](const SampleView& sample) {
                    return sample.Has("WorkInsideDlopen");
                  }),
            0);
}

}  // namespace
}  // namespace bench_profiler
