#include "bench_profiler/platform/hash_slots.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <unordered_set>

namespace bench_profiler {
namespace {

class Numbers {
 public:
  // As many keys as numbers, or a few keys for all of them.
  explicit Numbers(uint64_t num_keys) : num_keys_(num_keys) {}

  bool Contains(uint64_t number) { return *Find(number) != 0; }

  void Add(uint64_t number) {
    uint64_t* slot = Find(number);
    if (*slot == 0) ++used_;
    *slot = number;
  }

  void Remove(uint64_t number) {
    uint64_t* slot = Find(number);
    if (*slot == 0) return;
    --used_;
    slots_.Free(slot, [this](uint64_t each) { return KeyOf(each); });
  }

 private:
  uint64_t KeyOf(uint64_t number) const { return number % num_keys_; }

  uint64_t* Find(uint64_t number) {
    const auto key_of = [this](uint64_t each) { return KeyOf(each); };
    if (!slots_.MakeRoom(used_ + 1, key_of)) ADD_FAILURE() << "no memory";
    return slots_.Find(KeyOf(number),
                       [number](uint64_t each) { return each == number; });
  }

  const uint64_t num_keys_;
  size_t used_ = 0;
  PageHash<uint64_t> slots_;
};

// The same as a set of the standard library does.
void AddAndRemove(uint64_t num_keys) {
  constexpr uint64_t kNumbers = 3000;
  std::mt19937_64 random(1);
  Numbers numbers(num_keys);
  std::unordered_set<uint64_t> expected;
  for (int i = 0; i < 40000; ++i) {
    const uint64_t number = 1 + random() % kNumbers;
    // More and more at first, so that the table grows; then fewer.
    if (random() % 40000 > static_cast<uint64_t>(i)) {
      numbers.Add(number);
      expected.insert(number);
    } else {
      numbers.Remove(number);
      expected.erase(number);
    }
    const uint64_t other = 1 + random() % kNumbers;
    ASSERT_EQ(numbers.Contains(other), expected.count(other) != 0) << i;
  }
  for (uint64_t number = 1; number <= kNumbers; ++number) {
    EXPECT_EQ(numbers.Contains(number), expected.count(number) != 0) << number;
  }
}

TEST(HashSlotsTest, HaveWhatWasAddedAndNotRemoved) { AddAndRemove(1 << 20); }

TEST(HashSlotsTest, TellApartWhatHasTheSameKey) { AddAndRemove(300); }

}  // namespace
}  // namespace bench_profiler
