// Stacks of other threads, from outside.
#include "bench_profiler/stack/other_stack.h"

#include <dlfcn.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "bench_profiler/platform/thread_clock.h"
#include "bench_profiler/platform/thread_state.h"
#include "tests/stack/waiting_thread.h"
#include "tests/support/sanitizers.h"

namespace bench_profiler {
namespace {

TEST(ThreadStateTest, UnderstandsTheKernelsLines) {
  EXPECT_EQ(ParseThreadState("running\n").kind, ThreadState::Kind::kRunning);
  const ThreadState waiting = ParseThreadState(
      "232 0x4 0x7ffd10 0x8 0xffffffff 0x0 0x0 0x7ffd00 0x7f1234\n");
  EXPECT_TRUE(waiting.is_waiting());
  EXPECT_EQ(waiting.system_call, 232);
  EXPECT_EQ(waiting.stack_pointer, 0x7ffd00u);
  EXPECT_EQ(waiting.pc, 0x7f1234u);
  const ThreadState fault = ParseThreadState("-1 0x7ffd00 0x7f1234\n");
  EXPECT_TRUE(fault.is_waiting());
  EXPECT_EQ(fault.system_call, -1);
  EXPECT_EQ(fault.pc, 0x7f1234u);
  for (const char* broken : {"", "\n", "232", "232 0x4 0x7ffd00", "-1", "x"}) {
    EXPECT_EQ(ParseThreadState(broken).kind, ThreadState::Kind::kUnknown)
        << broken;
  }
}

TEST(ThreadStateTest, ThereIsNoSuchThread) {
  EXPECT_EQ(ReadThreadState(1 << 30).kind, ThreadState::Kind::kUnknown);
  char name[kThreadNameSize] = "x";
  ReadThreadName(1 << 30, name);
  EXPECT_STREQ(name, "");
}

thread_local int variable = 0;

TEST(ThreadStateTest, ReadsVariablesOfOtherThreads) {
  WaitingThread thread(
      Wait::kRead,
      [](Gate* gate, int value) {
        variable = value;
        return WaitWithoutFramePointers(gate, 0);
      },
      42);
  while (!ReadThreadState(thread.tid()).is_waiting()) std::this_thread::yield();
  variable = 1;
  int its = 0;
  ASSERT_TRUE(ReadFromThread(thread.tid(), &variable, &its, sizeof(its)));
  EXPECT_EQ(its, 42);
  EXPECT_FALSE(ReadFromThread(1 << 30, &variable, &its, sizeof(its)));
}

TEST(ThreadStateTest, CopiesWhatIsThere) {
  char copy[8] = "";
  EXPECT_EQ(CopyMemory(reinterpret_cast<uintptr_t>("1234567"), copy, 8), 8u);
  EXPECT_STREQ(copy, "1234567");
  EXPECT_EQ(CopyMemory(16, copy, 8), 0u);
}

// Whether `address` is in the function. Its size is not known, but that it is
// the one that begins before the address.
bool IsIn(uintptr_t address, void* function) {
  Dl_info info;
  return dladdr(reinterpret_cast<void*>(address), &info) != 0 &&
         info.dli_saddr == function;
}

std::string NameOf(uintptr_t address) {
  Dl_info info;
  return dladdr(reinterpret_cast<void*>(address), &info) != 0 &&
                 info.dli_sname != nullptr
             ? info.dli_sname
             : "?";
}

struct Seen {
  std::vector<uintptr_t> pcs;
  bool truncated = false;

  size_t Count(void* function) const {
    return static_cast<size_t>(
        std::count_if(pcs.begin(), pcs.end(),
                      [function](uintptr_t pc) { return IsIn(pc, function); }));
  }
};

// Looks until the thread waits, and did so all the time.
Seen Look(pid_t tid) {
  const auto copy = std::make_unique<StackCopyBuffer>();
  for (;;) {
    const int64_t before = ThreadCpuNanos(tid);
    const ThreadState state = ReadThreadState(tid);
    if (!state.is_waiting()) continue;
    copy->Fill(state.stack_pointer);
    Seen seen;
    seen.pcs.resize(kMaxFrames);
    const StackTrace trace =
        WalkOtherStack(state.pc, copy->view(), seen.pcs.data(), kMaxFrames);
    seen.pcs.resize(trace.depth);
    seen.truncated = trace.truncated;
    if (ThreadCpuNanos(tid) == before) return seen;
  }
}

// Gives the thread time to come to its function.
Seen LookIn(pid_t tid, void* function) {
  Seen seen;
  for (int i = 0; i < 3000 && seen.Count(function) == 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    seen = Look(tid);
  }
  return seen;
}

void* AddressOf(int (*function)(Gate*, int)) {
  return reinterpret_cast<void*>(function);
}

TEST(OtherStackTest, FindsAllFramesInAllWaits) {
  if (kAddressSanitizer) GTEST_SKIP() << "its own functions come in between";
  for (int (*function)(Gate*, int) :
       {WaitWithoutFramePointers, WaitWithFramePointers}) {
    for (const Wait wait : kAllWaits) {
      WaitingThread thread(wait, function, 5);
      const Seen seen = LookIn(thread.tid(), AddressOf(function));
      EXPECT_EQ(seen.Count(AddressOf(function)), 6u)
          << static_cast<int>(wait) << ", " << seen.pcs.size()
          << " frames, up to " << NameOf(seen.pcs.back());
      EXPECT_FALSE(seen.truncated);
      EXPECT_TRUE(thread.Release()) << static_cast<int>(wait);
    }
  }
}

TEST(OtherStackTest, DeepStacks) {
  WaitingThread thread(Wait::kPoll, WaitWithFramePointers, 2000);
  const Seen seen = LookIn(thread.tid(), AddressOf(WaitWithFramePointers));
  EXPECT_EQ(seen.pcs.size(), kMaxFrames);
  EXPECT_TRUE(seen.truncated);
}

// Words that are not there, or point anywhere, end a walk and no more.
TEST(OtherStackTest, DamagedStacks) {
  std::vector<uintptr_t> words(4096);
  const auto here = reinterpret_cast<uintptr_t>(&ReadThreadState);
  uint64_t random = 1;
  for (int round = 0; round < 200; ++round) {
    for (uintptr_t& word : words) {
      random = random * 6364136223846793005u + 1442695040888963407u;
      word = random >> 60 < 8 ? here + (random >> 40) % 100000
                              : reinterpret_cast<uintptr_t>(words.data()) +
                                    (random >> 33) % 32768;
    }
    StackCopy stack;
    stack.bytes = reinterpret_cast<uintptr_t>(words.data());
    stack.bounds.low = round % 2 == 0 ? stack.bytes : uintptr_t{1} << 20;
    stack.bounds.high = stack.bounds.low + words.size() * sizeof(words[0]);
    uintptr_t pcs[kMaxFrames];
    const StackTrace trace = WalkOtherStack(
        here + 10 + static_cast<uintptr_t>(round), stack, pcs, kMaxFrames);
    EXPECT_GE(trace.depth, 1u);
    EXPECT_LE(trace.depth, kMaxFrames);
  }
}

}  // namespace
}  // namespace bench_profiler
