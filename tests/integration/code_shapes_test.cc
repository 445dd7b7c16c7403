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

  // Checks that of the time in samples that pass `in_code`, there is some, and
  // nine tenths pass `filter` as well. Only the time in the code under test: a
  // machine that stalls gives hundreds of milliseconds to one instruction,
  // which may be of the loop around it.
  static void ExpectMost(const std::string& benchmark,
                         const ProfileView::Filter& in_code,
                         const ProfileView::Filter& filter) {
    EXPECT_GT(Nanos(benchmark, in_code), 0);
    EXPECT_GE(10 * Nanos(benchmark,
                         [&](const SampleView& sample) {
                           return in_code(sample) && filter(sample);
                         }),
              9 * Nanos(benchmark, in_code));
  }

  static ProfileView::Filter In(const std::string& function) {
    return
        [function](const SampleView& sample) { return sample.Has(function); };
  }

  static ProfileView::Filter WithLeaf(const std::string& function) {
    return [function](const SampleView& sample) {
      return sample.functions.front() == function;
    };
  }

  static bool IsAlone(const SampleView& sample) {
    return sample.functions.size() == 1;
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
  ExpectMost(name, In("JunkLoop"), Through("FramePointer"));
}

TEST_F(CodeShapes, VdsoLeadsToItsCaller) {
  const ProfileView::Filter in_the_clock = [](const SampleView& sample) {
    return sample.functions.front().find("BM_Vdso") == std::string::npos;
  };
  ExpectMost("BM_Vdso", in_the_clock, Through("ReadClock"));
}

TEST_F(CodeShapes, CodeWithoutUnwindTablesIsFollowedByItsFramePointer) {
  ExpectMost("BM_CompiledAtRunTime", WithLeaf("?"),
             Through("CallCompiledCode"));
}

// Where neither tables nor frame pointers tell of a caller, the leaf is all.
TEST_F(CodeShapes, LeafIsKeptWithoutACaller) {
  ExpectMost("BM_FramelessAtRunTime", WithLeaf("?"), IsAlone);
  ExpectMost("BM_JunkUndescribed", WithLeaf("SpinUndescribed"), IsAlone);
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
