#include "tests/html/made_up_page.h"

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/html/families.h"

namespace bench_profiler {
namespace {

// As long as names in C++ are.
std::vector<PageFrame> MadeUpFrames(size_t count) {
  const char* words[] = {"Parse", "Object", "Insert", "Reserve", "Node",
                         "Array", "Find",   "Merge",  "Visit",   "Buffer"};
  std::vector<PageFrame> frames;
  for (size_t i = 0; i < count; ++i) {
    PageFrame frame;
    frame.name = "acme::storage::" + std::string(words[i % 10]) +
                 words[i / 10 % 10] + std::to_string(i);
    frame.full_name = "std::pair<acme::storage::Iterator, bool> " + frame.name +
                      "<std::string, std::allocator<std::string> >(const "
                      "std::string&, acme::storage::Options const&)";
    frame.file = "/home/me/acme/storage/file_" + std::to_string(i / 20) + ".cc";
    frame.line = static_cast<int64_t>(10 + i % 20 * 40);
    frame.group = i % 3 == 0 ? FrameGroup::kLibrary : FrameGroup::kUser;
    frames.push_back(frame);
  }
  return frames;
}

// A tree that goes down and up by chance, no deeper than 60 calls, of `frames`
// functions from `first` on.
PageTree MadeUpCalls(size_t nodes, size_t first, size_t frames,
                     std::mt19937* random) {
  const auto below = [&](size_t bound) { return (*random)() % bound; };
  PageTree tree;
  uint32_t depth = 0;
  for (size_t i = 0; i < nodes; ++i) {
    PageTree::Node node;
    node.depth = depth;
    node.frame = static_cast<uint32_t>(first + below(frames));
    node.is_inlined = below(3) == 0;
    node.self = static_cast<int64_t>(below(4) == 0 ? below(40) * 4000000 : 0);
    tree.total += node.self;
    tree.nodes.push_back(node);
    depth = below(3) != 0 && depth < 60
                ? depth + 1
                : static_cast<uint32_t>(below(depth + 1));
  }
  tree.samples = tree.total / 4000000;
  tree.divisor = static_cast<int64_t>(1000 + below(1000));
  for (uint32_t i = 0; i < std::min<size_t>(nodes, 8); ++i) {
    const uint32_t frame = tree.nodes[i].frame;
    tree.lines.push_back(
        {frame, 20 + i, static_cast<int64_t>(9 - i) * 4000000});
  }
  return tree;
}

}  // namespace

PageData MadeUpSuite(size_t benchmarks) {
  constexpr size_t kNodes = 57;
  constexpr size_t kOfFamily = 10;
  constexpr size_t kFrames = 40;    // of a profile
  constexpr size_t kOwnFrames = 5;  // that the benchmark before has not
  std::mt19937 random(1);
  PageData data;
  data.title = "made_up_bench";
  data.context = {{"command", "./made_up_bench --cpuprofile=cpu.prof"}};
  data.kinds = {{"cpu", "CPU", "cpu", "nanoseconds"},
                {"heap", "Heap", "alloc_space", "bytes"}};
  data.frames = MadeUpFrames(kOwnFrames * benchmarks + kFrames);
  std::vector<std::string> names;
  for (size_t i = 0; i < benchmarks; ++i) {
    PageBenchmark benchmark;
    benchmark.name = "BM_Case" + std::to_string(i / kOfFamily) + "/" +
                     std::to_string(1 << i % kOfFamily);
    benchmark.label = "benchmark";
    benchmark.iterations = 1000;
    benchmark.repetitions = 3;
    const double time = 100 + static_cast<double>(random() % 100000);
    benchmark.columns = {{"real", time},
                         {"cpu", time * 0.97},
                         {"allocs", static_cast<double>(random() % 20)},
                         {"bytes", static_cast<double>(random() % 20000)}};
    benchmark.spread = {{"real", 0.012}, {"cpu", 0.011}};
    for (size_t kind = 0; kind < data.kinds.size(); ++kind) {
      benchmark.profiles.emplace_back(
          MadeUpCalls(kNodes, i * kOwnFrames, kFrames, &random));
    }
    names.push_back(benchmark.name);
    data.benchmarks.push_back(std::move(benchmark));
  }
  data.families = FindFamilies(names);
  return data;
}

PageData MadeUpTree(size_t functions) {
  std::mt19937 random(1);
  PageData data;
  data.mode = PageMode::kSingle;
  data.title = "made_up.prof";
  data.kinds = {{"cpu", "CPU", "cpu", "nanoseconds"}};
  data.frames = MadeUpFrames(2000);
  PageBenchmark program;
  program.name = data.title;
  program.profiles = {MadeUpCalls(functions, 0, data.frames.size(), &random)};
  data.benchmarks.push_back(std::move(program));
  return data;
}

}  // namespace bench_profiler
