#include "bench_profiler/html/call_tree.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bench_profiler/html/harness.h"

namespace bench_profiler {
namespace {

class CallTreeTest : public testing::Test {
 protected:
  CallTreeTest() {
    profile_.value_types = {{"samples", "count"}, {"cpu", "nanoseconds"}};
    profile_.mappings.resize(1);
    profile_.mappings[0].path = "/usr/lib/libbenchmark.so.1";
  }

  // Adds a sample; the root first. "f>g" is g that was inlined into f, "" a
  // location of the mapping that nobody knows.
  void Add(const std::vector<std::string>& stack, int64_t value) {
    ParsedSample sample;
    for (size_t i = stack.size(); i-- > 0;) {
      sample.locations.push_back(AddLocation(stack[i]));
    }
    sample.values = {1, value};
    profile_.samples.push_back(sample);
  }

  // "f 5; >g 3" with an indentation for each call; "^" marks what is above.
  std::string Tree() {
    FrameTable frames;
    const PageTree tree = CallTree(profile_, 1, &frames);
    std::string text;
    for (const PageTree::Node& node : tree.nodes) {
      text += std::string(node.depth, '.') + (node.is_above ? "^" : "") +
              (node.is_inlined ? ">" : "") + frames.frames()[node.frame].name +
              " " + std::to_string(node.self) + "\n";
    }
    lines_ = tree.lines;
    total_ = tree.total;
    return text;
  }

  ParsedProfile profile_;
  std::vector<PageLine> lines_;
  int64_t total_ = 0;

 private:
  uint32_t AddLocation(const std::string& text) {
    ParsedLocation location;
    location.mapping = 0;
    for (std::string rest = text; !rest.empty();) {
      const size_t end = rest.rfind('>');
      const size_t begin = end == std::string::npos ? 0 : end + 1;
      ParsedFunction function;
      function.name = rest.substr(begin);
      function.file = "a.cc";
      location.lines.push_back(
          {static_cast<uint32_t>(profile_.functions.size()), 7, 0});
      profile_.functions.push_back(function);
      rest = rest.substr(0, begin == 0 ? 0 : end);
    }
    profile_.locations.push_back(location);
    return static_cast<uint32_t>(profile_.locations.size() - 1);
  }
};

TEST_F(CallTreeTest, CallsAreMergedByFunctionTheLargestFirst) {
  Add({"f", "g"}, 1);
  Add({"f", "h"}, 5);
  Add({"f", "g"}, 2);
  Add({"f"}, 10);
  Add({"f", "f"}, 1);
  EXPECT_EQ(Tree(), "f 10\n.h 5\n.g 3\n.f 1\n");
  EXPECT_EQ(total_, 19);
}

TEST_F(CallTreeTest, InlinedFunctionsAreOfTheirCaller) {
  Add({"f>g>h"}, 4);
  Add({"f", "g"}, 3);
  Add({"f>g"}, 2);
  EXPECT_EQ(Tree(), "f 0\n.>g 2\n..>h 4\n.g 3\n");
}

TEST_F(CallTreeTest, CodeWithoutNamesIsOfItsLibrary) {
  Add({"f", ""}, 4);
  profile_.mappings[0].path = "[vdso]";
  EXPECT_EQ(Tree(), "f 0\n.[vdso] 4\n");
  profile_.locations[0].mapping = kNoMapping;
  EXPECT_EQ(Tree(), "f 0\n.<unknown> 4\n");
}

TEST_F(CallTreeTest, NothingIsATreeToo) {
  EXPECT_EQ(Tree(), "");
  Add({}, 3);
  EXPECT_EQ(Tree(), "");
  EXPECT_EQ(total_, 3);
  Add({"f"}, 0);
  EXPECT_EQ(Tree(), "");
}

TEST_F(CallTreeTest, SumsMayBeTooLarge) {
  Add({"f"}, INT64_MAX);
  Add({"f"}, INT64_MAX);
  EXPECT_EQ(Tree(), "f -2\n");
}

TEST_F(CallTreeTest, StacksMayBeDeep) {
  Add(std::vector<std::string>(20000, "f"), 1);
  FrameTable frames;
  const PageTree tree = CallTree(profile_, 1, &frames);
  ASSERT_EQ(tree.nodes.size(), 20000u);
  EXPECT_EQ(tree.nodes.back().depth, 19999u);
  EXPECT_EQ(tree.nodes.back().self, 1);
}

TEST_F(CallTreeTest, HottestLinesComeFirst) {
  Add({"f", "g"}, 1);
  Add({"f"}, 5);
  Add({"h", "g"}, 2);
  Tree();
  ASSERT_EQ(lines_.size(), 2u);
  EXPECT_EQ(lines_[0].value, 5);
  EXPECT_EQ(lines_[1].value, 3);
  EXPECT_EQ(lines_[1].line, 7);
}

TEST_F(CallTreeTest, WhatRunsBenchmarksIsAboveThem) {
  Add({"_start", "main", "benchmark::RunSpecifiedBenchmarks", "", "BM_Sort",
       "std::sort"},
      5);
  Add({"__clone3", "start_thread",
       "benchmark::internal::(anonymous namespace)::RunInThread", "BM_Sort"},
      3);
  EXPECT_EQ(Tree(),
            "^_start 0\n.^main 0\n..^benchmark::RunSpecifiedBenchmarks 0\n"
            "...^[libbenchmark.so.1] 0\n....BM_Sort 0\n.....std::sort 5\n"
            "^__clone3 0\n.^start_thread 0\n"
            "..^benchmark::internal::(anonymous namespace)::RunInThread 0\n"
            "...BM_Sort 3\n");
}

TEST_F(CallTreeTest, SoIsTheUsersOwnMain) {
  Add({"main", "RunAll", "testing::Test::Run", "Suite_Test::TestBody"}, 5);
  Add({"main", "RunAll", "Prepare"}, 3);
  EXPECT_EQ(Tree(),
            "^main 0\n.^RunAll 0\n..^testing::Test::Run 0\n"
            "...Suite_Test::TestBody 5\n..Prepare 3\n");
}

TEST_F(CallTreeTest, WhatBenchmarksCallIsBelowThem) {
  Add({"main", "benchmark::internal::BenchmarkRunner::Run", "BM_Pause",
       "benchmark::State::PauseTiming",
       "benchmark::internal::ThreadTimer::Stop"},
      5);
  const std::string tree = Tree();
  EXPECT_NE(tree.find("\n..BM_Pause"), std::string::npos) << tree;
  EXPECT_EQ(tree.find("^benchmark::State"), std::string::npos) << tree;
}

TEST(RoleOf, IsOfWholeWords) {
  EXPECT_EQ(RoleOf("main"), FrameRole::kStart);
  EXPECT_EQ(RoleOf("mainframe"), FrameRole::kOther);
  EXPECT_EQ(RoleOf("main_loop"), FrameRole::kOther);
  EXPECT_EQ(RoleOf("main(int, char**)"), FrameRole::kStart);
  EXPECT_EQ(RoleOf("__libc_start_call_main"), FrameRole::kStart);
  EXPECT_EQ(RoleOf("[libc.so.6]"), FrameRole::kStart);
  EXPECT_EQ(RoleOf("benchmark::internal::LambdaBenchmark<f>::Run"),
            FrameRole::kRunner);
  EXPECT_EQ(RoleOf("benchmark::FunctionBenchmark::Run"), FrameRole::kRunner);
  EXPECT_EQ(RoleOf("my::RunBenchmarks"), FrameRole::kOther);
  EXPECT_EQ(RoleOf("testing::AssertionSuccess"), FrameRole::kOther);
}

}  // namespace
}  // namespace bench_profiler
