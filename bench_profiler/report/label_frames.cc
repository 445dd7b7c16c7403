#include "bench_profiler/report/label_frames.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "bench_profiler/report/measurement.h"

namespace bench_profiler {
namespace {

std::vector<std::string> SplitKeys(const std::string& list) {
  std::vector<std::string> keys;
  for (size_t begin = 0; begin < list.size();) {
    const size_t end = std::min(list.find(',', begin), list.size());
    if (end > begin) keys.push_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return keys;
}

// The sample's texts of a label, then its numbers.
std::vector<std::string> ValuesOf(const ParsedSample& sample,
                                  const std::string& key,
                                  const std::string& unit) {
  std::vector<std::string> texts;
  bool has_unit = false;
  for (const ParsedLabel& label : sample.labels) {
    if (label.key != key) continue;
    if (!label.is_number) texts.push_back(label.text);
    has_unit |= label.is_number && !label.unit.empty();
  }
  for (const ParsedLabel& label : sample.labels) {
    if (label.key != key || !label.is_number) continue;
    texts.push_back(has_unit ? ScaledLabel(label.number, label.unit, unit)
                             : ScaledLabel(label.number, "", ""));
  }
  return texts;
}

class FrameMaker {
 public:
  FrameMaker(std::string unit, ParsedProfile* profile)
      : unit_(std::move(unit)), profile_(profile) {}

  // Locations for the keys, the last one first; whether the sample has a label.
  bool Make(const ParsedSample& sample, const std::vector<std::string>& keys,
            std::vector<uint32_t>* locations) {
    bool has_label = false;
    for (auto key = keys.rbegin(); key != keys.rend(); ++key) {
      std::string name;
      const std::vector<std::string> values = ValuesOf(sample, *key, unit_);
      for (size_t i = 0; i < values.size(); i++) {
        name += (i > 0 ? "," : "") + values[i];
      }
      has_label |= !values.empty();
      locations->push_back(Find(name, *key));
    }
    return has_label;
  }

 private:
  uint32_t Find(const std::string& name, const std::string& key) {
    const auto [found, is_new] =
        known_.emplace(std::make_pair(name, key),
                       static_cast<uint32_t>(profile_->locations.size()));
    if (is_new) {
      ParsedFunction function;
      function.name = name;
      function.file = key;
      ParsedLine line;
      line.function = static_cast<uint32_t>(profile_->functions.size());
      ParsedLocation location;
      location.lines.push_back(line);
      profile_->functions.push_back(std::move(function));
      profile_->locations.push_back(std::move(location));
    }
    return found->second;
  }

  const std::string unit_;
  ParsedProfile* const profile_;
  std::map<std::pair<std::string, std::string>, uint32_t> known_;
};

}  // namespace

LabelFramesResult AddLabelFrames(const std::string& root_keys,
                                 const std::string& leaf_keys,
                                 const std::string& unit,
                                 ParsedProfile* profile) {
  const std::vector<std::string> roots = SplitKeys(root_keys);
  const std::vector<std::string> leaves = SplitKeys(leaf_keys);
  LabelFramesResult result;
  result.root = root_keys.empty();
  result.leaf = leaf_keys.empty();
  if (roots.empty() && leaves.empty()) return result;
  FrameMaker maker(unit, profile);
  for (ParsedSample& sample : profile->samples) {
    std::vector<uint32_t> above;
    std::vector<uint32_t> locations;
    result.root |= maker.Make(sample, roots, &above);
    result.leaf |= maker.Make(sample, leaves, &locations);
    locations.insert(locations.end(), sample.locations.begin(),
                     sample.locations.end());
    locations.insert(locations.end(), above.begin(), above.end());
    sample.locations = std::move(locations);
  }
  return result;
}

}  // namespace bench_profiler
