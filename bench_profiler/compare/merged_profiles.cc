#include "bench_profiler/compare/merged_profiles.h"

#include <utility>

#include "bench_profiler/formats/parsed_pprof_file.h"
#include "bench_profiler/html/call_tree.h"
#include "bench_profiler/html/harness.h"
#include "bench_profiler/profile/demangle.h"

namespace bench_profiler {

std::map<Measure, MergedTree> MergedProfiles::Merge(
    const BenchmarkPair& pair, const std::set<Measure>& measures) {
  std::map<Measure, MergedTree> trees;
  // The first profile says where functions stand: the new source is at hand.
  MergeSide(pair.new_benchmarks, MergedTree::kNew, measures, &trees);
  MergeSide(pair.old_benchmarks, MergedTree::kOld, measures, &trees);
  return trees;
}

void MergedProfiles::MergeSide(
    const std::vector<const MeasuredBenchmark*>& benchmarks,
    MergedTree::Side side, const std::set<Measure>& measures,
    std::map<Measure, MergedTree>* trees) {
  for (const MeasuredBenchmark* benchmark : benchmarks) {
    // A heap profile has two measures, and is read once.
    std::map<std::string, std::vector<Measure>> files;
    for (const auto& [measure, value] : benchmark->measures) {
      if (value.file.empty() || measures.count(measure) == 0) continue;
      files[value.file].push_back(measure);
    }
    for (const auto& [file, of_file] : files) {
      ParsedProfile profile;
      std::string error;
      if (!ReadPprofFile(file, &profile, &error)) {
        problems_.push_back(error);
        continue;
      }
      NameAlike(&profile);
      for (const Measure measure : of_file) {
        const size_t value = ValueIndex(profile, RowOf(measure).value_type);
        if (value == kNoValue) continue;
        (*trees)[measure].Add(CallTree(profile, value, &frames_), side);
      }
    }
  }
}

void MergedProfiles::NameAlike(ParsedProfile* profile) {
  for (ParsedFunction& function : profile->functions) {
    if (function.name.empty() && function.system_name.empty()) continue;
    const auto [entry, is_new] = known_.try_emplace(
        function.system_name + '\n' + function.name, uint32_t{0});
    if (is_new) entry->second = functions_.Add(function);
    const ComparedFunction& same = functions_[entry->second];
    function.name = same.name;
    function.system_name = same.full_name;
    function.file = same.file;
  }
}

uint32_t MergedProfiles::FrameOf(uint32_t function) {
  const ComparedFunction& same = functions_[function];
  PageFrame frame;
  frame.name = NameToShow(same.name, same.full_name, /*in_full=*/false);
  frame.full_name = NameToShow(same.name, same.full_name, /*in_full=*/true);
  frame.file = same.file;
  frame.group = GroupOf(frame.name, frame.file, "");
  return frames_.Add(std::move(frame));
}

}  // namespace bench_profiler
