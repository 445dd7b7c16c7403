// What callgrind writes, read; and the stacks that follow from it.
#include "bench_profiler/collectors/instructions/callgrind_dump.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bench_profiler/collectors/instructions/context_stacks.h"

namespace bench_profiler {
namespace {

// main calls f from two places, and g once; both call leaf.
constexpr char kDump[] =
    "# callgrind format\n"
    "version: 1\n"
    "cmd:  ./bench\n"
    "desc: Trigger: Client Request: 0000000100000005\n"
    "positions: instr\n"
    "events: Ir\n"
    "summary: 100\n"
    "\n"
    "ob=(1) /bin/bench\n"
    "fl=(1) ???\n"
    "fn=(1) main\n"
    "0x10 2\n"
    "cfn=(2) f'main\n"
    "calls=1 0x20 \n"
    "0x11 30\n"
    "cfn=(2)\n"
    "calls=2 0x20 \n"
    "0x12 10\n"
    "cfn=(3) g'main\n"
    "calls=1 0x30 \n"
    "0x13 60\n"
    "\n"
    "fn=(2)\n"
    "0x20 8\n"
    "cob=(2) /lib/libleaf.so\n"
    "cfn=(4) leaf'f'main\n"
    "calls=3 0x40 \n"
    "0x21 32\n"
    "\n"
    "ob=(2)\n"
    "fn=(4)\n"
    "0x40 32\n"
    "\n"
    "totals: 100\n";

std::string Problem(const std::string& text) {
  CallgrindDump dump;
  return dump.Read(text.data(), text.size()).message();
}

// "21+1000 11": the callers of a context, in hexadecimal, and the share.
std::vector<std::string> StacksOf(const ContextStacks& stacks,
                                  uint32_t context) {
  std::vector<std::string> all;
  for (const ContextStack& stack : stacks.Of(context)) {
    uintptr_t addresses[ContextStacks::kMaxDepth];
    bool is_truncated = false;
    const size_t depth = stacks.Addresses(stack, addresses, &is_truncated);
    std::string text;
    char word[32];
    for (size_t i = 0; i < depth; ++i) {
      std::snprintf(word, sizeof(word), "%zx ", addresses[i]);
      text += word;
    }
    std::snprintf(word, sizeof(word), "%.2f", stack.share);
    all.push_back(text + (is_truncated ? "truncated " : "") + word);
  }
  return all;
}

TEST(CallgrindDump, IsRead) {
  CallgrindDump dump;
  ASSERT_STREQ(dump.Read(kDump, sizeof(kDump) - 1).message(), "");
  EXPECT_EQ(dump.request(), 0x100000005u);
  EXPECT_EQ(dump.num_contexts(), 5u);
  ASSERT_EQ(dump.objects().size(), 3u);
  EXPECT_EQ(dump.objects()[2], "/lib/libleaf.so");
  ASSERT_EQ(dump.costs().size(), 3u);
  EXPECT_EQ(dump.costs()[2].context, 4u);
  EXPECT_EQ(dump.costs()[2].object, 2u);
  EXPECT_EQ(dump.costs()[2].address, 0x40u);
  EXPECT_EQ(dump.costs()[2].count, 32);
  ASSERT_EQ(dump.calls().size(), 4u);
  EXPECT_EQ(dump.calls()[3].caller, 2u);
  EXPECT_EQ(dump.calls()[3].callee, 4u);
  EXPECT_EQ(dump.calls()[3].object, 1u);
}

TEST(CallgrindDump, OtherFilesAreALine) {
  EXPECT_EQ(Problem(""), "it has no counts of instructions");
  EXPECT_EQ(Problem("nonsense"), "line 1 is not as callgrind writes it");
  EXPECT_EQ(Problem("positions: instr\nevents: Ir Dr\n"),
            "line 2 is not as callgrind writes it");
  const std::string head = "positions: instr\nevents: Ir\n";
  EXPECT_EQ(Problem(head), "");
  for (const char* line :
       {"fn=()", "fn=main", "fn=(4294967295)", "fn=(99999999)", "ob=(-1) x",
        "0x", "0x10", "0x10 ", "0x10 -5", "0x10 99999999999999999999",
        "0x99999999999999999 1", "16 5", "+3 5"}) {
    EXPECT_EQ(Problem(head + line), "line 3 is not as callgrind writes it")
        << line;
  }
}

// Whatever is in it, nothing outside is read, and all numbers are in range.
TEST(CallgrindDump, DamagedFilesAreRead) {
  const std::string good(kDump, sizeof(kDump) - 1);
  for (size_t i = 0; i < good.size(); ++i) {
    for (const char c : {'0', '9', '(', ' ', '\n', '\0', '\xff'}) {
      std::string damaged = good;
      damaged[i] = c;
      const std::string text(damaged.c_str(), i % 2 == 0 ? damaged.size() : i);
      CallgrindDump dump;
      if (dump.Read(text.data(), text.size())) continue;
      PageArray<uint64_t> biases;
      ASSERT_TRUE(biases.Resize(dump.objects().size()));
      ContextStacks stacks(dump, biases);
      ASSERT_TRUE(stacks.Find());
      for (const CallgrindCost& cost : dump.costs()) {
        ASSERT_LT(cost.object, dump.objects().size());
        ASSERT_GE(StacksOf(stacks, cost.context).size(), 1u);
      }
    }
  }
}

TEST(ContextStacks, CostsAreSharedAmongCallers) {
  CallgrindDump dump;
  ASSERT_STREQ(dump.Read(kDump, sizeof(kDump) - 1).message(), "");
  PageArray<uint64_t> biases;
  ASSERT_TRUE(biases.Resize(3));
  biases[1] = 0x1000;
  ContextStacks stacks(dump, biases);
  ASSERT_TRUE(stacks.Find());
  using Stacks = std::vector<std::string>;
  EXPECT_EQ(StacksOf(stacks, 1), (Stacks{"1.00"}));
  EXPECT_EQ(StacksOf(stacks, 2), (Stacks{"1011 0.75", "1012 0.25"}));
  EXPECT_EQ(StacksOf(stacks, 3), (Stacks{"1013 1.00"}));
  EXPECT_EQ(StacksOf(stacks, 4), (Stacks{"1021 1011 0.75", "1021 1012 0.25"}));
}

TEST(ContextStacks, RecursionIsCutOff) {
  const std::string text =
      "positions: instr\nevents: Ir\n"
      "fn=(1) main\ncfn=(2) f\ncalls=1 0x20\n0x10 100\n"
      "fn=(2)\n0x20 40\ncfn=(2)\ncalls=9 0x20\n0x21 60\n";
  CallgrindDump dump;
  ASSERT_STREQ(dump.Read(text.data(), text.size()).message(), "");
  PageArray<uint64_t> biases;
  ASSERT_TRUE(biases.Resize(1));
  ContextStacks stacks(dump, biases);
  ASSERT_TRUE(stacks.Find());
  EXPECT_EQ(StacksOf(stacks, 2),
            (std::vector<std::string>{"10 0.62", "21 truncated 0.38"}));
}

// Deeper than anything may be followed, and with more ways than are kept.
TEST(ContextStacks, AreBounded) {
  std::string text = "positions: instr\nevents: Ir\n";
  for (int i = 1; i < 1000; ++i) {
    text += "fn=(" + std::to_string(i) + ")\n";
    for (int site = 1; site <= 20; ++site) {
      text += "cfn=(" + std::to_string(i + 1) + ")\ncalls=1 0x20\n0x" +
              std::to_string(site) + " " + std::to_string(site) + "\n";
    }
  }
  CallgrindDump dump;
  ASSERT_STREQ(dump.Read(text.data(), text.size()).message(), "");
  PageArray<uint64_t> biases;
  ASSERT_TRUE(biases.Resize(1));
  ContextStacks stacks(dump, biases);
  ASSERT_TRUE(stacks.Find());
  double sum = 0;
  for (const ContextStack& stack : stacks.Of(1000)) sum += stack.share;
  EXPECT_EQ(stacks.Of(1000).size, 8u);
  EXPECT_NEAR(sum, 1, 1e-9);
}

}  // namespace
}  // namespace bench_profiler
