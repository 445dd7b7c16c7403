// Stacks in the kernel's own code, which is in no file.
#include <gtest/gtest.h>
#include <sys/auxv.h>
#include <time.h>
#include <ucontext.h>

#include <algorithm>

#include "bench_profiler/stack/arch/arch.h"
#include "bench_profiler/stack/stack_walker.h"
#include "tests/stack/single_step.h"
#include "tests/stack/stack_capture.h"

namespace bench_profiler {
namespace {

// One step into the vDSO is enough to see that it has a caller; all steps must
// see the same one.
uintptr_t vdso_caller = 0;
int vdso_steps = 0;
int vdso_steps_with_caller = 0;

__attribute__((noinline)) void ReadClock() {
  vdso_caller = BENCH_PROFILER_RETURN_ADDRESS();
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
}

void CheckVdsoStep(const ucontext_t& context) {
  constexpr uintptr_t kVdsoSize = 0x2000;
  static const uintptr_t vdso = getauxval(AT_SYSINFO_EHDR);
  const auto pc = RegistersOf(context)[kReturnAddress];
  if (pc - vdso >= kVdsoSize) return;
  uintptr_t pcs[kMaxFrames];
  const StackTrace trace =
      WalkStackByCfi(context, StackBounds(), pcs, kMaxFrames);
  ++vdso_steps;
  vdso_steps_with_caller +=
      std::count(pcs, pcs + trace.depth, vdso_caller - 1) == 1 ? 1 : 0;
}

TEST(StackVdsoTest, WalksTheVdso) {
  if (getauxval(AT_SYSINFO_EHDR) == 0) GTEST_SKIP() << "no vDSO";
  SingleStep([] { ReadClock(); }, CheckVdsoStep);
  if (vdso_steps == 0) GTEST_SKIP() << "clock_gettime is a system call here";
  EXPECT_EQ(vdso_steps_with_caller, vdso_steps);
}

}  // namespace
}  // namespace bench_profiler
