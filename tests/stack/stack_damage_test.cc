// Contexts and stacks that are not what they should be: no walk may crash, hang
// or change errno.
#include <errno.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <ucontext.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <random>
#include <vector>

#include "bench_profiler/stack/stack_walker.h"
#include "tests/stack/stack_capture.h"
#include "tests/support/sanitizers.h"

namespace bench_profiler {
namespace {

constexpr size_t kPage = 4096;

ucontext_t ContextAt(uintptr_t pc, uintptr_t stack, uintptr_t frame) {
  ucontext_t context = {};
  context.uc_mcontext.gregs[REG_RIP] = static_cast<greg_t>(pc);
  context.uc_mcontext.gregs[REG_RSP] = static_cast<greg_t>(stack);
  context.uc_mcontext.gregs[REG_RBP] = static_cast<greg_t>(frame);
  return context;
}

// Pages of which the last may not be read.
class GuardedPages {
 public:
  explicit GuardedPages(size_t readable_pages)
      : size_((readable_pages + 1) * kPage),
        memory_(mmap(nullptr, size_, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
    mprotect(reinterpret_cast<void*>(end()), kPage, PROT_NONE);
  }
  ~GuardedPages() { munmap(memory_, size_); }
  GuardedPages(const GuardedPages&) = delete;
  GuardedPages& operator=(const GuardedPages&) = delete;

  uintptr_t begin() const { return reinterpret_cast<uintptr_t>(memory_); }
  uintptr_t end() const { return begin() + size_ - kPage; }

 private:
  const size_t size_;
  void* const memory_;
};

uintptr_t AddressOf(void (*function)()) {
  return reinterpret_cast<uintptr_t>(function);
}
__attribute__((noinline)) void SomeFunction() { asm volatile(""); }

TEST(StackDamageTest, UnreadableStackLeavesTheLeaf) {
  const GuardedPages pages(1);
  const uintptr_t pc = AddressOf(SomeFunction);
  for (const uintptr_t stack :
       {uintptr_t{0}, pages.end(), pages.end() - 4, ~uintptr_t{0},
        ~uintptr_t{0} - 7, uintptr_t{1} << 63, (uintptr_t{1} << 47) - 8}) {
    uintptr_t pcs[kMaxFrames] = {};
    errno = EDOM;
    const StackTrace trace = WalkStackByCfi(ContextAt(pc, stack, stack),
                                            StackBounds(), pcs, kMaxFrames);
    EXPECT_EQ(trace.depth, 1u) << std::hex << stack;
    EXPECT_EQ(pcs[0], pc);
    EXPECT_FALSE(trace.truncated);
    EXPECT_EQ(errno, EDOM);
  }
}

TEST(StackDamageTest, BoundsAreNotOverstepped) {
  std::vector<uintptr_t> words(64, AddressOf(SomeFunction) + 1);
  const auto low = reinterpret_cast<uintptr_t>(words.data());
  StackBounds bounds;
  bounds.low = low;
  bounds.high = low + words.size() * sizeof(uintptr_t);
  uintptr_t pcs[kMaxFrames];
  const StackTrace trace = WalkStackByCfi(
      ContextAt(AddressOf(SomeFunction), low, low), bounds, pcs, kMaxFrames);
  EXPECT_GE(trace.depth, 1u);
  EXPECT_LE(trace.depth, kMaxFrames);
}

// A call through a null pointer: there is no code, but the caller is known.
TEST(StackDamageTest, CallOfNullHasACaller) {
  Capture caller = CaptureHere(StackBounds());
  uintptr_t stack[] = {caller.pcs.back() + 1, 0};
  uintptr_t pcs[kMaxFrames] = {};
  const StackTrace trace =
      WalkStackByCfi(ContextAt(0, reinterpret_cast<uintptr_t>(stack), 0),
                     StackBounds(), pcs, kMaxFrames);
  ASSERT_GE(trace.depth, 2u);
  EXPECT_EQ(pcs[0], 0u);
  EXPECT_EQ(pcs[1], caller.pcs.back());
}

// Code that a just-in-time compiler made: call, with and without a frame
// pointer. The bytes are never run.
TEST(StackDamageTest, FollowsFramePointersOfUnknownCode) {
  alignas(8) static const uint8_t kCode[16] = {0, 0, 0, 0xe8, 0, 0, 0, 0};
  const GuardedPages code(1);
  std::memcpy(reinterpret_cast<void*>(code.begin()), kCode, sizeof(kCode));
  const uintptr_t after_call = code.begin() + 8;
  uintptr_t stack[8] = {};
  const auto at = [&stack](size_t i) {
    return reinterpret_cast<uintptr_t>(&stack[i]);
  };
  stack[2] = at(5);  // saved frame pointer
  stack[3] = after_call;
  stack[5] = 0;
  stack[6] = after_call;
  uintptr_t pcs[kMaxFrames] = {};
  const ucontext_t context = ContextAt(code.begin() + 12, at(0), at(2));
  EXPECT_EQ(WalkStackByCfi(context, StackBounds(), pcs, kMaxFrames).depth, 3u);
  EXPECT_EQ(pcs[1], after_call - 1);
  EXPECT_EQ(pcs[2], after_call - 1);
  stack[6] = after_call + 1;  // no call ends there
  EXPECT_EQ(WalkStackByCfi(context, StackBounds(), pcs, kMaxFrames).depth, 2u);
}

TEST(StackDamageTest, SurvivesRandomContexts) {
  std::mt19937_64 random(42);
  GuardedPages pages(2);
  auto* words = reinterpret_cast<uintptr_t*>(pages.begin());
  const size_t num_words = (pages.end() - pages.begin()) / sizeof(*words);
  const Capture here = CaptureHere(ThreadStackBounds());
  const auto heap = std::make_unique<uintptr_t[]>(64);
  const uintptr_t own_stack = reinterpret_cast<uintptr_t>(&random);
  const auto any_address = [&]() -> uintptr_t {
    const uintptr_t offset = random() % 512;
    switch (random() % 8) {
      case 0:
        return random();
      case 1:
        return random() & 0x7fffffffffff;
      case 2:
        return pages.begin() + offset * 8;
      case 3:
        return pages.end() - offset;
      case 4:
        return own_stack + offset;
      case 5:
        return reinterpret_cast<uintptr_t>(heap.get());
      case 6:  // code near to real code: all kinds of rows
        return here.pcs[random() % here.pcs.size()] + random() % 4096;
      default:  // and all over libc
        return AddressOf(reinterpret_cast<void (*)()>(std::qsort)) +
               random() % (1 << 20);
    }
  };
  size_t deepest = 0;
  for (int i = 0; i < 100000; ++i) {
    if (i % 100 == 0) {
      std::generate(words, words + num_words, any_address);
    }
    ucontext_t context = {};
    for (greg_t& value : context.uc_mcontext.gregs) {
      value = static_cast<greg_t>(any_address());
    }
    StackBounds bounds;
    if (i % 2 == 0) bounds = {pages.begin(), pages.end()};
    uintptr_t pcs[kMaxFrames];
    errno = EDOM;
    const StackTrace trace = WalkStackByCfi(context, bounds, pcs, kMaxFrames);
    ASSERT_EQ(errno, EDOM);
    ASSERT_GE(trace.depth, 1u);
    ASSERT_LE(trace.depth, kMaxFrames);
    deepest = std::max(deepest, trace.depth);
  }
  EXPECT_GT(deepest, 3u);  // the contexts are not all refused at once
}

std::vector<char>* painted_stack = nullptr;
const ucontext_t* walked_context = nullptr;

void WalkOnFiber() {
  static uintptr_t pcs[kMaxFrames];
  WalkStackByCfi(*walked_context, StackBounds(), pcs, kMaxFrames);
}

void WalkOnPaintedStack(int, siginfo_t*, void*) {
  ucontext_t here;
  ucontext_t fiber;
  ucontext_t back;
  getcontext(&here);
  walked_context = &here;
  getcontext(&fiber);
  fiber.uc_stack.ss_sp = painted_stack->data();
  fiber.uc_stack.ss_size = painted_stack->size();
  fiber.uc_link = &back;
  makecontext(&fiber, WalkOnFiber, 0);
  swapcontext(&back, &fiber);
}

// The walk goes through a signal trampoline, whose tables are expressions. The
// frames of makecontext and WalkOnFiber count too.
TEST(StackDamageTest, UsesLessThanTwoKilobytesOfStack) {
#ifndef __OPTIMIZE__
  GTEST_SKIP() << "for optimised builds, as they are shipped";
#endif
  if (kAddressSanitizer) GTEST_SKIP() << "AddressSanitizer adds to its frames";
  constexpr char kPaint = 0x5a;
  std::vector<char> memory(1 << 15, kPaint);
  painted_stack = &memory;
  struct sigaction action = {};
  struct sigaction before = {};
  action.sa_sigaction = WalkOnPaintedStack;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGUSR2, &action, &before);
  raise(SIGUSR2);
  sigaction(SIGUSR2, &before, nullptr);
  const auto used =
      memory.end() - std::find_if(memory.begin(), memory.end(),
                                  [](char byte) { return byte != kPaint; });
  RecordProperty("stack_bytes", static_cast<int>(used));
  EXPECT_GT(used, 500);
  EXPECT_LT(used, 2048);
}

}  // namespace
}  // namespace bench_profiler
