#include "bench_profiler/stack/frame_cache.h"

#include <gtest/gtest.h>

#include <vector>

#include "bench_profiler/stack/arch/arch.h"
#include "bench_profiler/stack/stack_bounds.h"
#include "bench_profiler/stack/stack_memo.h"

namespace bench_profiler {
namespace {

CfiRow SimpleRow() {
  CfiRow row = {};
  row.cfa_register = kStackPointer;
  row.cfa_value = 48;
  row.has_rule = 1u << kReturnAddress;
  row.rules[kReturnAddress] = CfiRule::kOffset;
  row.values[kReturnAddress] = -8;
  return row;
}

FrameDescription SimpleDescription() {
  FrameDescription description = {};
  description.common.return_column = kReturnAddress;
  return description;
}

TEST(FrameRule, IsMadeOfSimpleFramesOnly) {
  FrameRule rule;
  CfiRow row = SimpleRow();
  ASSERT_TRUE(MakeFrameRule(SimpleDescription(), row, &rule));
  EXPECT_FALSE(rule.is_outermost);
  EXPECT_EQ(rule.cfa_offset, 48);
  EXPECT_EQ(rule.frame_pointer_offset, 0);

  row.has_rule |= 1u << kFramePointer;
  row.rules[kFramePointer] = CfiRule::kOffset;
  row.values[kFramePointer] = -16;
  ASSERT_TRUE(MakeFrameRule(SimpleDescription(), row, &rule));
  EXPECT_EQ(rule.frame_pointer_offset, -16);
  row.values[kFramePointer] = -100000;  // beyond what a rule has room for
  EXPECT_FALSE(MakeFrameRule(SimpleDescription(), row, &rule));

  row = SimpleRow();
  row.cfa_register = 10;
  EXPECT_FALSE(MakeFrameRule(SimpleDescription(), row, &rule));
  row.cfa_register = CfiRow::kCfaIsExpression;
  EXPECT_FALSE(MakeFrameRule(SimpleDescription(), row, &rule));
  row = SimpleRow();
  row.values[kReturnAddress] = -16;
  EXPECT_FALSE(MakeFrameRule(SimpleDescription(), row, &rule));
  row.rules[kReturnAddress] = CfiRule::kUndefined;
  ASSERT_TRUE(MakeFrameRule(SimpleDescription(), row, &rule));
  EXPECT_TRUE(rule.is_outermost);

  FrameDescription signal_frame = SimpleDescription();
  signal_frame.common.is_signal_frame = true;
  EXPECT_FALSE(MakeFrameRule(signal_frame, SimpleRow(), &rule));
}

TEST(FrameRule, IsFoundUntilItIsForgotten) {
  FrameRule rule;
  rule.by_frame_pointer = true;
  rule.cfa_offset = -123456;
  rule.frame_pointer_offset = -32000;
  const uintptr_t pc = 0x7fff12345678;
  FrameRule found;
  EXPECT_FALSE(FindFrameRule(pc, &found));
  AddFrameRule(pc, rule);
  ASSERT_TRUE(FindFrameRule(pc, &found));
  EXPECT_TRUE(found.by_frame_pointer);
  EXPECT_FALSE(found.is_outermost);
  EXPECT_EQ(found.cfa_offset, -123456);
  EXPECT_EQ(found.frame_pointer_offset, -32000);
  EXPECT_FALSE(FindFrameRule(pc + 1, &found));
  ForgetFrameRules();
  EXPECT_FALSE(FindFrameRule(pc, &found));
}

struct Capture {
  std::vector<uintptr_t> walked;
  void* remembered = nullptr;
};

// Walks, asks the memo for the same, and adds it as `answer`.
__attribute__((noinline)) void CaptureHere(StackMemo* memo, void* answer,
                                           Capture* capture) {
  ucontext_t context;
  CaptureContext(&context);
  capture->remembered = memo->Find(context, 0);
  const StackBounds bounds = FindStackBounds(StackPointer(context));
  WalkLog log;
  capture->walked.resize(kMaxFrames);
  const StackTrace trace =
      WalkStackByCfi(context, bounds, capture->walked.data(), kMaxFrames, &log);
  capture->walked.resize(trace.depth);
  EXPECT_TRUE(log.complete);
  memo->Add(context, 0, log, answer);
}

// Frames of the same size, so that both ways come to the same stack pointer.
__attribute__((noinline)) void OneWay(StackMemo* memo, void* answer,
                                      Capture* capture) {
  CaptureHere(memo, answer, capture);
  asm volatile("# one");
}
__attribute__((noinline)) void OtherWay(StackMemo* memo, void* answer,
                                        Capture* capture) {
  CaptureHere(memo, answer, capture);
  asm volatile("# other");
}

TEST(StackMemo, KnowsTheSameStackAndNoOther) {
  StackMemo* memo = StackMemo::New();
  ASSERT_NE(memo, nullptr);
  int answers[2];
  Capture captures[6];
  for (int i = 0; i < 6; ++i) {
    // The two loops have one call each: the same place, but for the way.
    (i % 2 == 0 ? OneWay : OtherWay)(memo, &answers[i % 2], &captures[i]);
  }
  EXPECT_EQ(captures[0].remembered, nullptr);
  EXPECT_EQ(captures[1].remembered, nullptr);
  for (int i = 2; i < 6; ++i) {
    EXPECT_EQ(captures[i].remembered, &answers[i % 2]) << i;
    EXPECT_EQ(captures[i].walked, captures[i - 2].walked) << i;
  }
  EXPECT_NE(captures[0].walked, captures[1].walked);
  ForgetFrameRules();
  Capture after;
  OneWay(memo, &answers[0], &after);
  EXPECT_EQ(after.remembered, nullptr);
}

}  // namespace
}  // namespace bench_profiler
