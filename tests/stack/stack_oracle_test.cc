// The CFI walker against libunwind on the same contexts, taken by single
// stepping: prologues, epilogues and PLT entries come up at each of their
// instructions.
#include <dlfcn.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <thread>

#include "bench_profiler/stack/stack_walker.h"
#include "tests/stack/libunwind_walker.h"
#include "tests/stack/single_step.h"
#include "tests/stack/workload.h"

namespace bench_profiler {
namespace {

// Not a divisor of the period of any loop: all instructions of loops come up.
constexpr int kStepsPerSample = 13;

struct Tally {
  int steps = 0;
  int samples = 0;
  int agree = 0;
  size_t deepest = 0;
  uintptr_t first_difference = 0;
};
Tally tally;

void Compare(const ucontext_t& context) {
  if (++tally.steps % kStepsPerSample != 0) return;
  uintptr_t ours[kMaxFrames];
  uintptr_t theirs[kMaxFrames];
  // Unknown bounds: all reads are probed, none may be wrongly refused.
  const StackTrace a = WalkStackByCfi(context, StackBounds(), ours, kMaxFrames);
  const StackTrace b = WalkStackByLibunwind(context, theirs, kMaxFrames);
  ++tally.samples;
  tally.deepest = std::max(tally.deepest, a.depth);
  if (a.depth == b.depth && std::equal(ours, ours + a.depth, theirs)) {
    ++tally.agree;
  } else if (tally.first_difference == 0) {
    tally.first_difference = ours[0];
  }
}

// In a thread of its own: stacks end in clone, and are short of GoogleTest's
// frames.
Tally StepThrough(void (*workload)(), const char* name) {
  tally = Tally();
  std::thread([workload] { SingleStep(workload, Compare); }).join();
  std::printf("%s: %d of %d stacks agree (%.3f %%), deepest %zu\n", name,
              tally.agree, tally.samples, 100.0 * tally.agree / tally.samples,
              tally.deepest);
  Dl_info info = {};
  if (tally.first_difference != 0 &&
      dladdr(reinterpret_cast<void*>(tally.first_difference), &info) != 0) {
    std::printf(
        "  first difference at %s+%#tx, %s\n", info.dli_fname,
        tally.first_difference - reinterpret_cast<uintptr_t>(info.dli_fbase),
        info.dli_sname == nullptr ? "" : info.dli_sname);
  }
  return tally;
}

class StackOracleTest : public testing::Test {
 protected:
  void SetUp() override {
#if !__GLIBC_PREREQ(2, 34)
    GTEST_SKIP() << "raise blocks SIGTRAP before glibc 2.34: not to be stepped";
#endif
    ucontext_t context;
    getcontext(&context);
    uintptr_t pcs[kMaxFrames];
    if (WalkStackByLibunwind(context, pcs, kMaxFrames).depth == 0) {
      GTEST_SKIP() << "libunwind.so.8 is not installed";
    }
  }
};

TEST_F(StackOracleTest, AgreesWithLibunwind) {
  const Tally result = StepThrough(RunWorkload, "without exceptions");
  EXPECT_GT(result.samples, 1000);
  EXPECT_GT(result.deepest, 15u);  // two signal handlers deep
  EXPECT_GE(result.agree, 0.999 * result.samples);
}

// While libgcc installs a handler's registers, no table describes the stack:
// neither walker is the truth there.
TEST_F(StackOracleTest, MostlyAgreesWhileThrowing) {
  const Tally result = StepThrough(RunThrowingWorkload, "while throwing");
  EXPECT_GT(result.samples, 1000);
  EXPECT_GE(result.agree, 0.98 * result.samples);
}

}  // namespace
}  // namespace bench_profiler
