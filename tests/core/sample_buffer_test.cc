#include "bench_profiler/record/sample_buffer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace bench_profiler {
namespace {

bool Put(SampleBuffer* buffer, int64_t value, uint32_t depth) {
  RawSample* sample = buffer->Reserve();
  if (sample == nullptr) return false;
  sample->activity = 1;
  sample->value = value;
  sample->depth = static_cast<uint16_t>(depth);
  sample->truncated = false;
  for (uint32_t i = 0; i < depth; ++i) {
    sample->addresses()[i] = static_cast<uintptr_t>(value) + i;
  }
  buffer->Commit(sample);
  return true;
}

TEST(SampleBuffer, GivesBackInOrder) {
  static SampleBuffer buffer;
  constexpr int kSamples = 5000;  // several chunks
  for (int i = 0; i < kSamples; ++i) {
    ASSERT_TRUE(Put(&buffer, i, static_cast<uint32_t>(i % 257)));
  }
  int expected = 0;
  buffer.Drain([&](const RawSample& sample) {
    ASSERT_EQ(sample.value, expected);
    ASSERT_EQ(sample.depth, static_cast<uint32_t>(expected % 257));
    for (uint32_t i = 0; i < sample.depth; ++i) {
      ASSERT_EQ(sample.addresses()[i], static_cast<uintptr_t>(expected) + i);
    }
    ++expected;
  });
  EXPECT_EQ(expected, kSamples);
  buffer.Drain([](const RawSample&) { FAIL() << "drained twice"; });
  EXPECT_EQ(buffer.lost(), 0u);
}

TEST(SampleBuffer, DrainsWhileItIsFilled) {
  static SampleBuffer buffer;
  constexpr int kSamples = 200000;
  std::atomic<bool> done{false};
  std::thread producer([&] {
    for (int i = 0; i < kSamples; ++i) Put(&buffer, i, 20);
    done = true;
  });
  int64_t expected = 0;
  const auto check = [&](const RawSample& sample) {
    ASSERT_EQ(sample.value, expected);
    ASSERT_EQ(sample.addresses()[19], static_cast<uintptr_t>(expected) + 19);
    ++expected;
  };
  while (!done) buffer.Drain(check);
  buffer.Drain(check);
  producer.join();
  EXPECT_EQ(expected + static_cast<int64_t>(buffer.lost()), kSamples);
}

TEST(SampleBuffer, CountsWhatItLosesAtTheLimit) {
  static SampleBuffer buffer;
  // 256 MiB of samples of 2 KiB are 131,072; chunks do not end where one does.
  int stored = 0;
  while (stored < 200000 && Put(&buffer, 0, SampleBuffer::kMaxDepth)) ++stored;
  EXPECT_GT(stored, 100000);
  EXPECT_LT(stored, 140000);
  EXPECT_EQ(buffer.lost(), 1u);
  buffer.Drain([](const RawSample&) {});
  EXPECT_TRUE(Put(&buffer, 0, 1));  // there is room again
}

// The last one: its buffers keep what they have, half of all room.
TEST(SampleBuffer, ThereIsRoomForOneInEachOfManyThreads) {
  constexpr int kThreads = 6000;
  static SampleBuffer buffers[kThreads];
  for (SampleBuffer& buffer : buffers) {
    ASSERT_TRUE(Put(&buffer, 1, SampleBuffer::kMaxDepth));
  }
  int samples = 0;
  for (SampleBuffer& buffer : buffers) {
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(Put(&buffer, 1, 250));
    buffer.Drain([&samples](const RawSample&) { ++samples; });
  }
  EXPECT_EQ(samples, 4 * kThreads);
}

}  // namespace
}  // namespace bench_profiler
