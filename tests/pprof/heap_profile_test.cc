// Heap profiles that a program writes when it likes.
#include <atomic>
#include <cstdlib>
#include <sstream>
#include <thread>
#include <vector>

#include "tests/pprof/api_fixture.h"

namespace bench_profiler {
namespace {

constexpr size_t kMebibyte = size_t{1} << 20;

class HeapProfileTest : public ApiTest {
 protected:
  ProfileView Heap(const char* name = "heap") {
    EXPECT_OK(pprof::Lookup(name)->WriteTo(path_));
    return ReadProfile(path_);
  }
};

__attribute__((noinline)) std::vector<void*> AllocateMuch(size_t blocks,
                                                          size_t size) {
  std::vector<void*> kept;
  for (size_t i = 0; i < blocks; ++i) kept.push_back(std::malloc(size));
  return kept;
}

void Free(const std::vector<void*>& blocks) {
  for (void* block : blocks) std::free(block);
}

auto Of(const char* function) {
  return [function](const SampleView& sample) { return sample.Has(function); };
}

TEST_F(HeapProfileTest, IsOnFromTheStart) {
  EXPECT_EQ(pprof::SetMemProfileRate(-1), 512 * 1024);
  const auto blocks = AllocateMuch(64, kMebibyte);
  ASSERT_OK(pprof::WriteHeapProfile(path_));
  ProfileView profile = ReadProfile(path_);
  ASSERT_TRUE(profile.valid) << profile.problem;
  EXPECT_EQ(profile.default_type, "inuse_space");
  EXPECT_NEAR(
      static_cast<double>(profile.Sum("inuse_space", Of("AllocateMuch"))), 64e6,
      16e6);
  Free(blocks);
  profile = Heap("allocs");
  EXPECT_EQ(profile.default_type, "alloc_space");
  EXPECT_EQ(profile.Sum("inuse_space", Of("AllocateMuch")), 0);
  EXPECT_NEAR(
      static_cast<double>(profile.Sum("alloc_space", Of("AllocateMuch"))), 64e6,
      16e6);
  EXPECT_GT(pprof::Lookup("heap")->Count(), 0);
}

TEST_F(HeapProfileTest, AsText) {
  const auto blocks = AllocateMuch(8, kMebibyte);
  std::ostringstream text;
  EXPECT_OK(pprof::Lookup("heap")->WriteTo(text, 1));
  EXPECT_EQ(text.str().rfind("heap profile: ", 0), 0u) << text.str();
  EXPECT_NE(text.str().find("AllocateMuch"), std::string::npos) << text.str();
  Free(blocks);
}

__attribute__((noinline)) std::vector<void*> AllocateAtChangingRates() {
  std::vector<void*> kept = AllocateMuch(32'000, 1024);
  return kept;
}

TEST_F(HeapProfileTest, ARateThatChangesLeavesItUnbiased) {
  EXPECT_EQ(pprof::SetMemProfileRate(4096), 512 * 1024);
  std::vector<std::vector<void*>> kept;
  kept.push_back(AllocateAtChangingRates());
  EXPECT_EQ(pprof::SetMemProfileRate(64), 4096);
  kept.push_back(AllocateAtChangingRates());
  EXPECT_EQ(pprof::SetMemProfileRate(0), 64);
  kept.push_back(AllocateAtChangingRates());  // not seen
  EXPECT_EQ(pprof::SetMemProfileRate(-1), 0);
  const ProfileView profile = Heap();
  EXPECT_NEAR(static_cast<double>(
                  profile.Sum("inuse_objects", Of("AllocateAtChangingRates"))),
              64'000, 3'200);
  EXPECT_TRUE(profile.HasComment("the rate was changed"));
  // What is given back while it is off is seen.
  for (const auto& blocks : kept) Free(blocks);
  kept.clear();
  EXPECT_EQ(Heap().Sum("inuse_objects", Of("AllocateAtChangingRates")), 0);
  EXPECT_EQ(pprof::SetMemProfileRate(512 * 1024), 0);
}

TEST_F(HeapProfileTest, WrittenWhileEveryThreadAllocates) {
  pprof::SetMemProfileRate(1024);
  std::atomic<bool> done{false};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&done, i] {
      std::vector<std::string> strings(64);
      for (size_t n = 0; !done.load(); ++n) {
        strings[n % strings.size()] =
            std::string(100 + (n * 37 + static_cast<size_t>(i)) % 500, 'x');
      }
    });
  }
  for (int i = 0; i < 5; ++i) {
    std::ostringstream stream;
    EXPECT_OK(pprof::WriteHeapProfile(stream));
    EXPECT_FALSE(stream.str().empty());
  }
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([] {
      EXPECT_OK(
          pprof::WriteHeapProfile([](const char*, size_t) { return true; }));
    });
  }
  for (std::thread& writer : writers) writer.join();
  done.store(true);
  for (std::thread& thread : threads) thread.join();
  const ProfileView profile = Heap();
  EXPECT_TRUE(profile.valid) << profile.problem;
  pprof::SetMemProfileRate(512 * 1024);
}

}  // namespace
}  // namespace bench_profiler
