// Stacks of known call chains.
#include "bench_profiler/stack/stack_walker.h"

#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <ucontext.h>

#include <algorithm>
#include <thread>
#include <vector>

#include "bench_profiler/stack/arch/arch.h"
#include "tests/stack/stack_capture.h"

#define NOINLINE __attribute__((noinline))

namespace bench_profiler {
namespace {

// What a chain of calls knows of itself: where each function returns to, the
// innermost first.
struct Chain {
  StackBounds bounds;
  size_t max_pcs = kMaxFrames;
  Capture capture;
  std::vector<uintptr_t> return_addresses;
};

NOINLINE void Descend(int depth, Chain* chain) {
  if (depth == 0) {
    chain->capture = CaptureHere(chain->bounds, chain->max_pcs);
  } else {
    Descend(depth - 1, chain);
  }
  chain->return_addresses.push_back(BENCH_PROFILER_RETURN_ADDRESS());
}

NOINLINE void DescendFrom(int depth, Chain* chain) {
  Descend(depth, chain);
  chain->return_addresses.push_back(BENCH_PROFILER_RETURN_ADDRESS());
}

TEST(StackWalkerTest, FindsTheWholeChain) {
  for (const bool known : {true, false}) {
    Chain chain;
    if (known) chain.bounds = ThreadStackBounds();
    DescendFrom(20, &chain);
    EXPECT_EQ(chain.return_addresses.size(), 22u);
    EXPECT_TRUE(chain.capture.HasCallers(chain.return_addresses));
    EXPECT_FALSE(chain.capture.truncated);
  }
}

TEST(StackWalkerTest, EndsAtTheRootOfAThread) {
  Chain chain;
  std::thread([&chain] { DescendFrom(3, &chain); }).join();
  ASSERT_TRUE(chain.capture.HasCallers(chain.return_addresses));
  // std::thread's functions, start_thread and clone.
  EXPECT_LT(chain.capture.pcs.size(), 20u);
}

TEST(StackWalkerTest, KeepsTheLeafEndOfADeepStack) {
  Chain chain;
  DescendFrom(1000, &chain);
  EXPECT_TRUE(chain.capture.truncated);
  ASSERT_EQ(chain.capture.pcs.size(), kMaxFrames);
  // All but raise and CaptureHere, at most ten frames.
  chain.return_addresses.resize(kMaxFrames - 10);
  EXPECT_TRUE(chain.capture.HasCallers(chain.return_addresses));
}

TEST(StackWalkerTest, IsNotTruncatedWhenItJustFits) {
  Chain chain;
  DescendFrom(5, &chain);
  const std::vector<uintptr_t> pcs = chain.capture.pcs;
  chain.max_pcs = pcs.size();
  DescendFrom(5, &chain);
  EXPECT_FALSE(chain.capture.truncated);
  chain.max_pcs = pcs.size() - 1;
  DescendFrom(5, &chain);
  EXPECT_TRUE(chain.capture.truncated);
  EXPECT_EQ(chain.capture.pcs.size(), pcs.size() - 1);
}

// --- signals
// ------------------------------------------------------------------

Chain* handler_chain = nullptr;
uintptr_t interrupted_pc = 0;

void DescendInHandler(int, siginfo_t*, void* context) {
  interrupted_pc =
      RegistersOf(*static_cast<const ucontext_t*>(context))[kReturnAddress];
  DescendFrom(3, handler_chain);
  handler_chain->return_addresses.shrink_to_fit();  // no tail call
}

// The pcs of a stack that goes through a handler of SIGUSR2 with `flags`.
NOINLINE Capture CaptureThroughHandler(int flags, Chain* outer, Chain* inner) {
  struct sigaction action = {};
  struct sigaction before = {};
  action.sa_sigaction = DescendInHandler;
  action.sa_flags = SA_SIGINFO | flags;
  sigaction(SIGUSR2, &action, &before);
  handler_chain = inner;
  raise(SIGUSR2);
  sigaction(SIGUSR2, &before, nullptr);
  outer->return_addresses.push_back(BENCH_PROFILER_RETURN_ADDRESS());
  return inner->capture;
}

NOINLINE Capture CaptureThroughHandlerFrom(int flags, Chain* outer,
                                           Chain* inner) {
  const Capture capture = CaptureThroughHandler(flags, outer, inner);
  outer->return_addresses.push_back(BENCH_PROFILER_RETURN_ADDRESS());
  return capture;
}

void ExpectBothSides(const Capture& capture, const Chain& outer,
                     const Chain& inner) {
  EXPECT_TRUE(capture.HasCallers(inner.return_addresses));
  EXPECT_TRUE(capture.HasCallers(outer.return_addresses));
  // The interrupted instruction itself, not the one before it; the leaf was
  // interrupted in raise too. Before it comes the trampoline, which the handler
  // returns to.
  const auto interrupted =
      std::find(capture.pcs.begin() + 1, capture.pcs.end(), interrupted_pc);
  ASSERT_NE(interrupted, capture.pcs.end());
  const uintptr_t trampoline = *(interrupted - 1);
  const uint8_t kReturnFromSignal[] = {0x48, 0xc7, 0xc0, 0x0f, 0, 0, 0};
  EXPECT_TRUE(std::equal(std::begin(kReturnFromSignal),
                         std::end(kReturnFromSignal),
                         reinterpret_cast<const uint8_t*>(trampoline)));
}

TEST(StackWalkerTest, GoesThroughSignalHandlers) {
  Chain outer;
  Chain inner;
  inner.bounds = ThreadStackBounds();
  const Capture capture = CaptureThroughHandlerFrom(0, &outer, &inner);
  ExpectBothSides(capture, outer, inner);
}

// Runs in a thread whose stack and alternate stack are where the test wants
// them.
void* CaptureOnAlternateStack(void* alternate) {
  stack_t stack = {};
  stack.ss_sp = alternate;
  stack.ss_size = 1 << 16;
  sigaltstack(&stack, nullptr);
  Chain outer;
  Chain inner;
  inner.bounds = ThreadStackBounds();
  const Capture capture = CaptureThroughHandlerFrom(SA_ONSTACK, &outer, &inner);
  ExpectBothSides(capture, outer, inner);
  return nullptr;
}

TEST(StackWalkerTest, ComesBackFromAnAlternateStack) {
  constexpr size_t kSize = 1 << 20;
  auto* memory =
      static_cast<char*>(mmap(nullptr, 2 * kSize, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  ASSERT_NE(memory, MAP_FAILED);
  // The walk goes up to the interrupted stack in one case, down in the other.
  for (const bool alternate_is_above : {false, true}) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstack(&attributes,
                          memory + (alternate_is_above ? 0 : kSize), kSize);
    pthread_t thread;
    ASSERT_EQ(pthread_create(&thread, &attributes, CaptureOnAlternateStack,
                             memory + (alternate_is_above ? kSize : 0)),
              0);
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
  }
  munmap(memory, 2 * kSize);
}

// --- other stacks and objects
// -------------------------------------------------

Chain* fiber_chain = nullptr;
void RunFiber() {
  DescendFrom(3, fiber_chain);
  fiber_chain->return_addresses.shrink_to_fit();  // no tail call
}

TEST(StackWalkerTest, WalksAFiber) {
  std::vector<char> memory(1 << 16);
  Chain chain;
  chain.bounds = ThreadStackBounds();  // of another stack than the one in use
  fiber_chain = &chain;
  ucontext_t fiber;
  ucontext_t back;
  getcontext(&fiber);
  fiber.uc_stack.ss_sp = memory.data();
  fiber.uc_stack.ss_size = memory.size();
  fiber.uc_link = &back;
  makecontext(&fiber, RunFiber, 0);
  swapcontext(&back, &fiber);
  EXPECT_TRUE(chain.capture.HasCallers(chain.return_addresses));
  EXPECT_FALSE(chain.capture.truncated);
}

}  // namespace
}  // namespace bench_profiler
