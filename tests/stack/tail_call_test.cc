#include "bench_profiler/stack/tail_call.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "bench_profiler/stack/loaded_object.h"
#include "tests/support/sanitizers.h"

namespace bench_profiler {
namespace {

__attribute__((noinline)) uintptr_t WhatWasCalled() {
  const auto called =
      CalledFunction(reinterpret_cast<uintptr_t>(__builtin_return_address(0)));
  asm volatile("" : : : "memory");
  return called;
}

// Ends with a jump.
__attribute__((noinline)) uintptr_t Jump() {
  asm volatile("");
  return WhatWasCalled();
}

// Ends after a call.
template <uintptr_t kFunction()>
__attribute__((noinline)) uintptr_t Call() {
  const uintptr_t called = kFunction();
  asm volatile("" : : : "memory");
  return called;
}

uintptr_t Address(uintptr_t (*function)()) {
  return reinterpret_cast<uintptr_t>(function);
}

TEST(CalledFunction, IsWhatTheCallNames) {
  UpdateLoadedObjects();
  EXPECT_EQ(Call<WhatWasCalled>(), Address(WhatWasCalled));
  // Sanitizers are built without this optimisation.
  if (kAddressSanitizer) GTEST_SKIP();
  EXPECT_EQ(Call<Jump>(), Address(Jump));
}

TEST(CalledFunction, IsUnknownOfACallThroughAPointer) {
  UpdateLoadedObjects();
  uintptr_t (*volatile pointer)() = WhatWasCalled;
  const uintptr_t called = pointer();
  asm volatile("" : : : "memory");
  EXPECT_EQ(called, 0u);
}

TEST(CalledFunction, IsUnknownWhereThereIsNoCall) {
  EXPECT_EQ(CalledFunction(0), 0u);
  EXPECT_EQ(CalledFunction(4096), 0u);
  EXPECT_EQ(CalledFunction(Address(Jump)), 0u);
}

}  // namespace
}  // namespace bench_profiler
