#include "bench_profiler/sampling/sample_set.h"

#include <gtest/gtest.h>

#include <vector>

#include "bench_profiler/region.h"
#include "bench_profiler/sampling/stack_resolver.h"

namespace bench_profiler {
namespace {

// A table of one row for each stack.
class FakeTable : public Collector {
 public:
  std::vector<uint32_t> stacks;

  Error Start(const CollectorOptions&, Error*) override { return Error(); }
  void Stop() override {}
  void Drain(SampleSink*) override {}
  void Snapshot(RowSink* sink) override {
    for (const uint32_t stack : stacks) {
      SampleRow row;
      row.stack = stack;
      row.samples = row.values[0] = 1;
      sink->Add(Activity{}.Pack(), row);
    }
  }
  const char* Description() const override { return ""; }
  int64_t Period() const override { return 1; }
  uint64_t Lost() const override { return 0; }
};

// The frames of a stack, leaf first.
std::vector<uint64_t> FramesOf(const SampleSet& set, uint32_t stack) {
  RawProfile data;
  set.FillIn(&data);
  std::vector<uint64_t> frames;
  for (uint32_t node = stack; node != 0; node = data.stacks[node].parent) {
    frames.push_back(data.stacks[node].address);
  }
  return frames;
}

// What becomes of a stack, as a sample of a stream and as a row of a table.
class StacksTest : public testing::Test {
 protected:
  std::vector<uint64_t> Streamed(const std::vector<uintptr_t>& stack,
                                 bool truncated = false) {
    StackFrame frames[StackResolver::kMaxFrames];
    const size_t size =
        resolver_.Resolve({stack.data(), stack.size(), truncated}, frames);
    return FramesOf(set_, set_.Stack(frames, size));
  }

  std::vector<uint64_t> Tabled(const std::vector<uintptr_t>& stack,
                               bool truncated = false) {
    FakeTable table;
    table.stacks = {resolver_.Keep({stack.data(), stack.size(), truncated})};
    SampleSet set(SampleSet::Regions::kKeep);
    set.AddTable(0, resolver_, &table);
    if (set.Samples(0).size != 1) return {};
    return FramesOf(set, set.Samples(0)[0].stack);
  }

  StackResolver resolver_;
  SampleSet set_{SampleSet::Regions::kKeep};
};

TEST_F(StacksTest, HiddenFramesAreLeftOut) {
  resolver_.hidden.Hide({0x2000, 0x3000}, /*with_callees=*/false);
  const std::vector<uintptr_t> stack = {0x1000, 0x2000, 0x2fff, 0x3000};
  const std::vector<uint64_t> expected = {0x1000, 0x3000};
  EXPECT_EQ(Streamed(stack), expected);
  EXPECT_EQ(Tabled(stack), expected);
}

TEST_F(StacksTest, WhatHiddenFramesCallCanBeLeftOutToo) {
  resolver_.hidden.Hide({0x2000, 0x3000}, /*with_callees=*/true);
  const std::vector<uintptr_t> stack = {0x1000, 0x2000, 0x4000, 0x2fff, 0x3000};
  const std::vector<uint64_t> expected = {0x3000};
  EXPECT_EQ(Streamed(stack), expected);
  EXPECT_EQ(Tabled(stack), expected);
}

TEST_F(StacksTest, TruncatedStacksEndInTheirOwnFrame) {
  const std::vector<uint64_t> expected = {0x1000, 0x2000, kTruncatedAddress};
  EXPECT_EQ(Streamed({0x1000, 0x2000}, true), expected);
  EXPECT_EQ(Tabled({0x1000, 0x2000}, true), expected);
  EXPECT_EQ(Streamed({0x1000, 0x2000}).size(), 2u);
}

TEST_F(StacksTest, WhatIsHiddenLaterIsLeftOutOfTheNextSnapshot) {
  const std::vector<uintptr_t> stack = {0x1000, 0x2000};
  EXPECT_EQ(Tabled(stack).size(), 2u);
  resolver_.hidden.Hide({0x2000, 0x3000}, /*with_callees=*/false);
  EXPECT_EQ(Tabled(stack), (std::vector<uint64_t>{0x1000}));
}

SampleRow RowOf(uint32_t stack) {
  SampleRow row;
  row.stack = stack;
  row.samples = row.values[0] = 1;
  return row;
}

uint64_t InRun(uint32_t run) {
  Activity activity;
  activity.run = run;
  return activity.Pack();
}

TEST(SampleSet, RegionsAreKeptWhereTheyAreAskedFor) {
  SampleSet kept(SampleSet::Regions::kKeep);
  SampleSet left_out(SampleSet::Regions::kLeaveOut);
  for (SampleSet* set : {&kept, &left_out}) {
    for (const uint32_t run : {1u, 2u}) set->Add(0, InRun(run), RowOf(1));
  }
  ASSERT_EQ(kept.Samples(0).size, 2u);
  EXPECT_EQ(kept.Samples(0)[1].run, 2u);
  ASSERT_EQ(left_out.Samples(0).size, 1u);
  EXPECT_EQ(left_out.Samples(0)[0].values[0], 2);
  // All of its rows lead to a run that is there.
  RawProfile data;
  left_out.FillIn(&data);
  EXPECT_EQ(data.runs.size, 1u);
  EXPECT_EQ(left_out.Samples(0)[0].run, 0u);
}

TEST(SampleSet, ModulesAreItsOwn) {
  StackResolver resolver;
  resolver.UpdateModules();
  SampleSet set(SampleSet::Regions::kKeep);
  set.CopyModules(resolver);
  set.CopyModules(resolver);
  RawProfile data;
  set.FillIn(&data);
  ASSERT_EQ(data.modules.size, resolver.modules().size);
  ASSERT_GT(data.modules.size, 1u);
  for (size_t i = 0; i < data.modules.size; ++i) {
    EXPECT_STREQ(data.String(data.modules[i].path),
                 resolver.String(resolver.modules()[i].path));
    EXPECT_EQ(data.modules[i].start, resolver.modules()[i].start);
  }
}

}  // namespace
}  // namespace bench_profiler
