#include "bench_profiler/profile/parsed_merge.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace bench_profiler {
namespace {

constexpr uint32_t kNotYet = UINT32_MAX;

// Makes a string of numbers and texts. Others give another string.
class Key {
 public:
  Key& Number(uint64_t number) {
    while (number >= 0x80) {
      key_ += static_cast<char>(number | 0x80);
      number >>= 7;
    }
    key_ += static_cast<char>(number);
    return *this;
  }
  Key& Text(std::string_view text) {
    Number(text.size());
    key_ += text;
    return *this;
  }

  std::string key_;
};

// Returns the number of the key, which is the next one if it is new.
uint32_t NumberOf(const Key& key, size_t next,
                  std::unordered_map<std::string, uint32_t>* index) {
  return index->try_emplace(key.key_, static_cast<uint32_t>(next))
      .first->second;
}

// Of sums that are too large, what other programs show: no undefined behaviour.
int64_t Sum(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) +
                              static_cast<uint64_t>(b));
}

bool IsZero(const ParsedSample& sample) {
  return std::all_of(sample.values.begin(), sample.values.end(),
                     [](int64_t value) { return value == 0; });
}

bool IsSame(const TypeAndUnit& a, const TypeAndUnit& b) {
  return a.type == b.type && a.unit == b.unit;
}

bool AreSame(const std::vector<TypeAndUnit>& a,
             const std::vector<TypeAndUnit>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), IsSame);
}

// "[samples/count cpu/nanoseconds]"
std::string Describe(const std::vector<TypeAndUnit>& types) {
  std::string text;
  for (const TypeAndUnit& type : types) {
    text += (text.empty() ? "" : " ") + type.type + "/" + type.unit;
  }
  return "[" + text + "]";
}

// The order of labels with different keys means nothing.
std::vector<ParsedLabel> SortedLabels(const ParsedSample& sample) {
  std::vector<ParsedLabel> labels = sample.labels;
  std::stable_sort(labels.begin(), labels.end(),
                   [](const ParsedLabel& a, const ParsedLabel& b) {
                     if (a.is_number != b.is_number) return b.is_number;
                     return a.key < b.key;
                   });
  return labels;
}

// Addresses differ from run to run: its size and file are the same.
Key KeyOf(const ParsedMapping& mapping) {
  constexpr uint64_t kPage = 0x1000;
  const uint64_t size = mapping.limit - mapping.start + kPage - 1;
  Key key;
  key.Number(size - size % kPage).Number(mapping.offset);
  key.Text(mapping.build_id.empty() ? mapping.path : mapping.build_id);
  return key;
}

}  // namespace

bool ProfileMerger::Add(const ParsedProfile& profile, std::string* error) {
  if (!CombineHeads(profile, error)) return false;
  source_ = &profile;
  location_of_.assign(profile.locations.size(), kNotYet);
  function_of_.assign(profile.functions.size(), kNotYet);
  mapping_of_.assign(profile.mappings.size(), kNotYet);
  // It is the program, whether or not there are samples of its code.
  if (sum_.mappings.empty() && !profile.mappings.empty()) MappingOf(0);
  for (const ParsedSample& sample : profile.samples) {
    if (!IsZero(sample)) AddSample(sample);
  }
  return true;
}

ParsedProfile ProfileMerger::Finish() {
  // Of what has become 0, nothing must be left, no locations either.
  if (std::any_of(sum_.samples.begin(), sum_.samples.end(), IsZero)) {
    return Compact(sum_);
  }
  return std::move(sum_);
}

bool ProfileMerger::CombineHeads(const ParsedProfile& profile,
                                 std::string* error) {
  if (is_first_) {
    is_first_ = false;
    sum_.value_types = profile.value_types;
    sum_.period_type = profile.period_type;
    sum_.drop_frames = profile.drop_frames;
    sum_.keep_frames = profile.keep_frames;
  }
  if (!IsSame(sum_.period_type, profile.period_type)) {
    *error = "incompatible period types " + Describe({sum_.period_type}) +
             " and " + Describe({profile.period_type});
    return false;
  }
  if (!AreSame(sum_.value_types, profile.value_types)) {
    *error = "incompatible sample types " + Describe(sum_.value_types) +
             " and " + Describe(profile.value_types);
    return false;
  }
  if (sum_.time_nanos == 0 ||
      (profile.time_nanos != 0 && profile.time_nanos < sum_.time_nanos)) {
    sum_.time_nanos = profile.time_nanos;
  }
  sum_.duration_nanos = Sum(sum_.duration_nanos, profile.duration_nanos);
  sum_.period = std::max(sum_.period, profile.period);
  for (const std::string& comment : profile.comments) {
    std::vector<std::string>& all = sum_.comments;
    if (std::find(all.begin(), all.end(), comment) == all.end()) {
      all.push_back(comment);
    }
  }
  if (sum_.default_value_type.empty()) {
    sum_.default_value_type = profile.default_value_type;
  }
  if (sum_.doc_url.empty()) sum_.doc_url = profile.doc_url;
  return true;
}

void ProfileMerger::AddSample(const ParsedSample& sample) {
  ParsedSample out;
  Key key;
  key.Number(sample.locations.size());
  out.locations.reserve(sample.locations.size());
  for (const uint32_t index : sample.locations) {
    out.locations.push_back(LocationOf(index));
    key.Number(out.locations.back());
  }
  out.labels = SortedLabels(sample);
  for (const ParsedLabel& label : out.labels) {
    key.Number(label.is_number ? 1 : 0).Text(label.key);
    if (label.is_number) {
      key.Number(static_cast<uint64_t>(label.number)).Text(label.unit);
    } else {
      key.Text(label.text);
    }
  }
  const uint32_t number = NumberOf(key, sum_.samples.size(), &samples_);
  if (number == sum_.samples.size()) {
    out.values = sample.values;
    sum_.samples.push_back(std::move(out));
    return;
  }
  std::vector<int64_t>& values = sum_.samples[number].values;
  for (size_t i = 0; i < values.size(); ++i) {
    values[i] = Sum(values[i], sample.values[i]);
  }
}

uint32_t ProfileMerger::LocationOf(uint32_t index) {
  uint32_t& known = location_of_[index];
  if (known != kNotYet) return known;
  ParsedLocation location = source_->locations[index];
  Key key;
  // Relative to its mapping, so that it is the same in each run.
  uint64_t address = location.address;
  if (location.mapping != kNoMapping) {
    const ParsedMapping& from = source_->mappings[location.mapping];
    location.mapping = MappingOf(location.mapping);
    address -= from.start;
    location.address = address + sum_.mappings[location.mapping].start;
  }
  key.Number(location.mapping).Number(address).Number(location.is_folded);
  for (ParsedLine& line : location.lines) {
    if (line.function != kNoFunction) line.function = FunctionOf(line.function);
    key.Number(line.function);
    key.Number(static_cast<uint64_t>(line.line));
    key.Number(static_cast<uint64_t>(line.column));
  }
  known = NumberOf(key, sum_.locations.size(), &locations_);
  if (known == sum_.locations.size()) {
    sum_.locations.push_back(std::move(location));
  }
  return known;
}

uint32_t ProfileMerger::FunctionOf(uint32_t index) {
  uint32_t& known = function_of_[index];
  if (known != kNotYet) return known;
  const ParsedFunction& function = source_->functions[index];
  Key key;
  key.Text(function.name).Text(function.system_name).Text(function.file);
  key.Number(static_cast<uint64_t>(function.start_line));
  known = NumberOf(key, sum_.functions.size(), &functions_);
  if (known == sum_.functions.size()) sum_.functions.push_back(function);
  return known;
}

uint32_t ProfileMerger::MappingOf(uint32_t index) {
  uint32_t& known = mapping_of_[index];
  if (known != kNotYet) return known;
  const ParsedMapping& mapping = source_->mappings[index];
  known = NumberOf(KeyOf(mapping), sum_.mappings.size(), &mappings_);
  if (known == sum_.mappings.size()) sum_.mappings.push_back(mapping);
  return known;
}

ParsedProfile Compact(const ParsedProfile& profile) {
  ProfileMerger merger;
  std::string error;
  merger.Add(profile, &error);  // there is nothing that it could differ from
  return merger.Finish();
}

}  // namespace bench_profiler
