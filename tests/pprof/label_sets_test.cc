// Label sets: equal ones are one, whatever is in them, from many threads.
#include "bench_profiler/record/label_sets.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <string>
#include <thread>
#include <vector>

namespace bench_profiler {
namespace {

uint32_t Intern(std::initializer_list<pprof::Label> labels, uint32_t base = 0) {
  return InternLabels(base, labels.begin(), labels.size());
}

std::string ValueIn(uint32_t set, const std::string& key) {
  for (const UserLabel& label : LabelSets()[set]) {
    if (label.key == key) return label.value;
  }
  return "(none)";
}

TEST(LabelSets, EqualOnesHaveOneNumber) {
  const uint32_t set = Intern({{"b", "2"}, {"a", "1"}});
  EXPECT_NE(set, 0u);
  EXPECT_EQ(set, Intern({{"a", "1"}, {"b", "2"}}));
  EXPECT_EQ(set, Intern({{"b", "2"}}, Intern({{"a", "1"}})));
  EXPECT_EQ(set, MergeLabels(Intern({{"a", "1"}}), Intern({{"b", "2"}})));
  EXPECT_EQ(set, MergeLabels(Intern({{"a", "1"}}), Intern({{"b", "2"}})));
  EXPECT_NE(set, Intern({{"a", "1"}, {"b", "3"}}));
  EXPECT_NE(set, Intern({{"a", "1b"}, {"", "2"}}));
}

TEST(LabelSets, TheBoundBetweenKeyAndValueCounts) {
  EXPECT_NE(Intern({{"ab", "c"}}), Intern({{"a", "bc"}}));
  EXPECT_NE(Intern({{"a", "b"}}), Intern({{"a", "bb"}}));
}

TEST(LabelSets, EmptyKeysAndValues) {
  EXPECT_EQ(Intern({}), 0u);
  EXPECT_EQ(Intern({{"", "value"}}), 0u);
  EXPECT_EQ(Intern({{"key", ""}}), 0u);
  EXPECT_EQ(Intern({{"key", ""}}, Intern({{"key", "value"}})), 0u);
  EXPECT_EQ(LabelSets()[0].size, 0u);
}

TEST(LabelSets, HugeTextsAreCut) {
  const std::string huge(1 << 20, 'x');
  const uint32_t set = Intern({{"key", huge}, {huge, "value"}});
  EXPECT_EQ(ValueIn(set, "key"), std::string(kMaxLabelText, 'x'));
  EXPECT_EQ(ValueIn(set, std::string(kMaxLabelText, 'x')), "value");
  // Not in the middle of a character.
  std::string euros;
  while (euros.size() < 2 * kMaxLabelText) euros += "\u20AC";
  EXPECT_EQ(ValueIn(Intern({{"key", euros}}), "key"),
            euros.substr(0, kMaxLabelText / 3 * 3));
}

TEST(LabelSets, WhatIsNoUtf8IsReplaced) {
  const auto cleaned = [](std::string_view text) {
    return ValueIn(Intern({{"key", text}}), "key");
  };
  EXPECT_EQ(cleaned("\u00E9\u20AC\U0001F600\t"), "\u00E9\u20AC\U0001F600\t");
  EXPECT_EQ(cleaned("a\xFFz"), "a?z");
  EXPECT_EQ(cleaned("\x80"), "?");
  EXPECT_EQ(cleaned("\xC0\x80"), "??");            // NUL in two bytes
  EXPECT_EQ(cleaned("\xED\xA0\x80"), "???");       // half of a pair
  EXPECT_EQ(cleaned("\xF4\x90\x80\x80"), "????");  // beyond the last one
  EXPECT_EQ(cleaned("\xE2\x82"), "??");            // cut off
  EXPECT_EQ(cleaned(std::string_view("a\0z", 3)), "a?z");
  EXPECT_EQ(ValueIn(Intern({{"\xFE", "value"}}), "?"), "value");
}

TEST(LabelSets, MuchThatIsNoUtf8AtOnce) {
  const std::string bad(2000, '\xFF');
  uint32_t set = 0;
  for (char key = 'a'; key <= 'z'; ++key) {
    set = Intern({{std::string(1, key), bad}}, set);
  }
  EXPECT_EQ(LabelSets()[set].size, 26u);
  std::vector<pprof::Label> labels;
  for (int i = 0; i < 64; ++i) labels.push_back({bad, bad});
  EXPECT_NE(InternLabels(0, labels.data(), labels.size()), 0u);
}

TEST(LabelSets, ASetHasACap) {
  std::vector<std::string> keys;
  for (int i = 0; i < 100; ++i) keys.push_back("key" + std::to_string(i));
  std::vector<pprof::Label> labels;
  for (const std::string& key : keys) labels.push_back({key, "value"});
  const uint32_t set = InternLabels(0, labels.data(), labels.size());
  EXPECT_EQ(LabelSets()[set].size, kMaxLabels);
}

TEST(LabelSets, ThreadsThatAskForTheSameGetTheSame) {
  constexpr int kThreads = 8;
  constexpr int kSets = 2000;
  std::vector<std::vector<uint32_t>> sets(kThreads);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&sets, thread] {
      for (int i = 0; i < kSets; ++i) {
        const std::string value = std::to_string(i);
        const uint32_t set = Intern({{"number", value}});
        sets[thread].push_back(set);
        ASSERT_STREQ(LabelSets()[set][0].value, value.c_str());
        ASSERT_EQ(ValueIn(MergeLabels(set, Intern({{"a", "b"}})), "number"),
                  value);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& other : sets) EXPECT_EQ(other, sets[0]);
}

// In a process of its own, which it leaves without room.
void FillUp() {
  const uint32_t early = Intern({{"key", "early"}});
  uint32_t distinct = 0;
  for (int i = 0; i < 2'000'000 && LostLabelSets() == 0; ++i) {
    if (Intern({{"key", std::to_string(i)}}) != 0) ++distinct;
  }
  if (distinct < 900'000 || LostLabelSets() != 1) _exit(1);
  for (int i = 0; i < 1000; ++i) {
    const std::string name = "late" + std::to_string(i);
    if (Intern({{"key", name}}) != 0) _exit(2);
    if (MergeLabels(early, early) != early) _exit(3);
  }
  if (LostLabelSets() != 1001) _exit(4);
  if (Intern({{"key", "early"}}) != early) _exit(5);
  if (ValueIn(early, "key") != "early") _exit(6);
  if (Intern({{"other", "late"}}, early) != 0) _exit(7);
  _exit(0);
}

TEST(LabelSets, AMillionDistinctOnesHaveACapAndAreCounted) {
  const pid_t child = fork();
  if (child == 0) FillUp();
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace bench_profiler
