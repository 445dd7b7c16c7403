// Adds up profiles, as Go's profile.Merge does: samples with equal stacks and
// equal labels become one.
//
//   ProfileMerger merger;
//   for (const std::string& path : paths) {
//     if (!merger.Add(Read(path), &error)) ...
//   }
//   ParsedProfile sum = merger.Finish();
//
// One profile is in memory at a time, beside the sum. The sum has only what
// samples use, in the order of its first use, and the first mapping. Mappings
// are the same if they have the same file and size, wherever they were loaded:
// addresses become those of the first. Samples that are 0 are left out. Labels
// are sorted by their keys, texts before numbers.
//
// The head is the first one's, with all comments, the earliest time, the
// largest period, and the sum of the durations.
#ifndef BENCH_PROFILER_PROFILE_PARSED_MERGE_H_
#define BENCH_PROFILER_PROFILE_PARSED_MERGE_H_

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

class ProfileMerger {
 public:
  // Returns false, and one line in `error`, if the profile has other types of
  // values than those before. The sum is then as it was.
  bool Add(const ParsedProfile& profile, std::string* error);

  // Ends the use of this object.
  ParsedProfile Finish();

 private:
  using Index = std::unordered_map<std::string, uint32_t>;

  bool CombineHeads(const ParsedProfile& profile, std::string* error);
  void AddSample(const ParsedSample& sample);
  uint32_t LocationOf(uint32_t index);
  uint32_t FunctionOf(uint32_t index);
  uint32_t MappingOf(uint32_t index);

  bool is_first_ = true;
  ParsedProfile sum_;
  // By what makes two of them the same.
  Index samples_;
  Index locations_;
  Index functions_;
  Index mappings_;

  // The profile that is being added, and what its parts have become.
  const ParsedProfile* source_ = nullptr;
  std::vector<uint32_t> location_of_;
  std::vector<uint32_t> function_of_;
  std::vector<uint32_t> mapping_of_;
};

// Returns the profile with only what its samples use.
ParsedProfile Compact(const ParsedProfile& profile);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PROFILE_PARSED_MERGE_H_
