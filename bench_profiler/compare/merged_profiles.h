// Reads the profiles of a benchmark anew, and merges those of each measure.
//
//   MergedProfiles profiles(inputs.functions);
//   std::map<Measure, MergedTree> trees = profiles.Merge(pair,
//   {Measure::kTime}); uint32_t frame = profiles.FrameOf(change.function);
#ifndef BENCH_PROFILER_COMPARE_MERGED_PROFILES_H_
#define BENCH_PROFILER_COMPARE_MERGED_PROFILES_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "bench_profiler/compare/benchmark_pairs.h"
#include "bench_profiler/compare/function_table.h"
#include "bench_profiler/compare/measures.h"
#include "bench_profiler/compare/merged_tree.h"
#include "bench_profiler/html/frame_table.h"
#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

class MergedProfiles {
 public:
  explicit MergedProfiles(FunctionTable functions)
      : functions_(std::move(functions)) {}

  // The trees of all processes of both sides, of these measures.
  std::map<Measure, MergedTree> Merge(const BenchmarkPair& pair,
                                      const std::set<Measure>& measures);

  // The page's frame of a function of the comparison.
  uint32_t FrameOf(uint32_t function);

  FrameTable* frames() { return &frames_; }

  // Profiles that could not be read.
  const std::vector<std::string>& problems() const { return problems_; }

 private:
  void MergeSide(const std::vector<const MeasuredBenchmark*>& benchmarks,
                 MergedTree::Side side, const std::set<Measure>& measures,
                 std::map<Measure, MergedTree>* trees);

  // What is one function to the comparison gets one name.
  void NameAlike(ParsedProfile* profile);

  FunctionTable functions_;
  FrameTable frames_;
  std::unordered_map<std::string, uint32_t> known_;  // by both names
  std::vector<std::string> problems_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_MERGED_PROFILES_H_
