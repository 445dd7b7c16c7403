// The labels that a program gives: what the calling thread has at each moment.
#include "bench_profiler/labels.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "bench_profiler/record/label_sets.h"

namespace bench_profiler {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

Pairs Current() {
  Pairs pairs;
  for (const UserLabel& label : LabelSets()[CurrentLabels()]) {
    pairs.emplace_back(label.key, label.value);
  }
  return pairs;
}

TEST(Labels, DoAddsThemAndTakesThemAwayAgain) {
  const std::string id = "17";
  pprof::Do({{"request", "/book/list"}, {"user", id}}, [] {
    EXPECT_EQ(Current(), (Pairs{{"request", "/book/list"}, {"user", "17"}}));
  });
  EXPECT_EQ(Current(), Pairs());
}

TEST(Labels, DoReturnsWhatTheFunctionReturns) {
  int number = 7;
  int& same = pprof::Do({{"a", "b"}}, [&]() -> int& { return number; });
  EXPECT_EQ(&same, &number);
  EXPECT_EQ(pprof::Do(pprof::Labels({{"a", "b"}}), [] { return 8; }), 8);
}

TEST(Labels, AnExceptionLeavesThem) {
  EXPECT_THROW(pprof::Do({{"a", "b"}}, [] { throw std::runtime_error(""); }),
               std::runtime_error);
  EXPECT_EQ(Current(), Pairs());
}

TEST(Labels, InnerOnesAreAddedAndCount) {
  const pprof::ScopedLabels outer({{"a", "1"}, {"c", "1"}});
  {
    const pprof::ScopedLabels inner({{"c", "2"}, {"b", "2"}});
    EXPECT_EQ(Current(), (Pairs{{"a", "1"}, {"b", "2"}, {"c", "2"}}));
    const pprof::ScopedLabels innermost({{"a", ""}});
    EXPECT_EQ(Current(), (Pairs{{"b", "2"}, {"c", "2"}}));
  }
  EXPECT_EQ(Current(), (Pairs{{"a", "1"}, {"c", "1"}}));
}

TEST(Labels, TheLastOfEqualKeysCounts) {
  const pprof::ScopedLabels labels({{"a", "1"}, {"a", "2"}});
  EXPECT_EQ(Current(), (Pairs{{"a", "2"}}));
}

TEST(Labels, ReadyOnesAreAddedToThoseOutside) {
  const pprof::Labels ready({{"step", "parse"}});
  const pprof::ScopedLabels outer({{"request", "/"}});
  for (int i = 0; i < 3; ++i) {
    const pprof::ScopedLabels inner(ready);
    EXPECT_EQ(Current(), (Pairs{{"request", "/"}, {"step", "parse"}}));
  }
  const pprof::Labels other({{"request", "/other"}});
  const pprof::ScopedLabels inner(other);
  EXPECT_EQ(Current(), (Pairs{{"request", "/other"}}));
}

TEST(Labels, AThreadHasThoseOfTheOneThatStartedIt) {
  std::thread unlabelled([] { EXPECT_EQ(Current(), Pairs()); });
  unlabelled.join();
  pprof::Do({{"a", "1"}}, [] {
    std::thread([] {
      EXPECT_EQ(Current(), (Pairs{{"a", "1"}}));
      const pprof::ScopedLabels own({{"b", "2"}});
      std::thread([] {
        EXPECT_EQ(Current(), (Pairs{{"a", "1"}, {"b", "2"}}));
      }).join();
    }).join();
  });
  std::thread([] { EXPECT_EQ(Current(), Pairs()); }).join();
}

TEST(Labels, APoolTakesThemOverWithTheWork) {
  pprof::Labels given;
  pprof::Do({{"a", "1"}}, [&] { given = pprof::Labels::Current(); });
  std::thread([given] {
    const pprof::ScopedLabels labels(given);
    EXPECT_EQ(Current(), (Pairs{{"a", "1"}}));
  }).join();
}

TEST(Labels, TextsOfAllKinds) {
  const char* none = nullptr;
  const std::string_view view("view");
  const pprof::ScopedLabels labels(
      {{std::string("a"), view}, {"b", none}, {"c", "literal"}});
  EXPECT_EQ(Current(), (Pairs{{"a", "view"}, {"c", "literal"}}));
}

TEST(Labels, ManyThreadsComeAndGoWithLabels) {
  std::vector<std::thread> starters;
  for (int i = 0; i < 4; ++i) {
    starters.emplace_back([i] {
      const std::string name = std::to_string(i);
      for (int round = 0; round < 200; ++round) {
        const pprof::ScopedLabels labels({{"starter", name}});
        std::thread([&] {
          EXPECT_EQ(Current(), (Pairs{{"starter", name}}));
        }).join();
      }
    });
  }
  for (std::thread& starter : starters) starter.join();
}

}  // namespace
}  // namespace bench_profiler
