#include "bench_profiler/formats/pprof.h"

#include <google/protobuf/io/coded_stream.h>

#include <algorithm>
#include <climits>
#include <cstdint>
#include <numeric>
#include <stdexcept>
#include <unordered_map>
#include <vector>

#include "bench_profiler/formats/gzip.h"
#include "bench_profiler/formats/utf8.h"
#include "profile.pb.h"

namespace bench_profiler {
namespace {

// A label, with its strings as indices into the string table.
struct LabelNumbers {
  int64_t key;
  int64_t text;  // 0: the label has a number
  int64_t number;
  int64_t unit;

  bool operator<(const LabelNumbers& other) const {
    return std::tie(key, text, number) <
           std::tie(other.key, other.text, other.number);
  }
};

class PprofWriter {
 public:
  explicit PprofWriter(const Profile& profile)
      : profile_(profile),
        code_(*profile.code),
        label_sets_(profile.label_sets.size()),
        mapping_ids_(code_.mappings.size()),
        function_ids_(code_.functions.size()),
        location_ids_(code_.locations.size()) {}

  std::string Write() {
    AddHead();
    NumberLabels();
    for (const std::string& line : profile_.comments) {
      proto_.add_comment(String(line));
    }
    WriteSamples();
    proto_.set_default_sample_type(String(profile_.default_value_type));
    if (gzip_.ByteCount() + static_cast<int64_t>(proto_.ByteSizeLong()) >
            INT_MAX ||
        !proto_.SerializeToZeroCopyStream(&gzip_)) {
      ThrowTooLarge();
    }
    return gzip_.Finish();
  }

 private:
  void AddHead() {
    String("");  // the format requires that this is the first string
    for (const TypeAndUnit& type : profile_.value_types) {
      auto* out = proto_.add_sample_type();
      out->set_type(String(type.type));
      out->set_unit(String(type.unit));
    }
    proto_.mutable_period_type()->set_type(String(profile_.period_type.type));
    proto_.mutable_period_type()->set_unit(String(profile_.period_type.unit));
    proto_.set_period(profile_.period);
    proto_.set_time_nanos(profile_.time_nanos);
    proto_.set_duration_nanos(profile_.duration_nanos);
    // pprof takes the program's name from the first mapping.
    if (!code_.mappings.empty()) MappingId(0);
  }

  int64_t String(const std::string& text) {
    const auto inserted =
        strings_.try_emplace(text, static_cast<int64_t>(strings_.size()));
    if (inserted.second) proto_.add_string_table(ValidUtf8(text));
    return inserted.first->second;
  }

  // Numbers the strings of labels in the order of the samples, so that the
  // numbers depend on nothing else.
  void NumberLabels() {
    for (const Sample& sample : profile_.samples) {
      if (sample.labels < label_sets_.size()) NumberLabels(sample.labels);
      if (sample.size > 0 && size_label_.key == 0) {
        size_label_.key = size_label_.unit = String("bytes");
      }
    }
  }

  void NumberLabels(uint32_t set) {
    if (!label_sets_[set].empty()) return;
    for (const Label& label : profile_.label_sets[set]) {
      label_sets_[set].push_back({String(label.key), String(label.text),
                                  label.number, String(label.unit)});
    }
  }

  const std::vector<LabelNumbers>& LabelsOf(const Sample& sample) const {
    return sample.labels < label_sets_.size() ? label_sets_[sample.labels]
                                              : no_labels_;
  }

  // Returns label `i` of the sample, or null if it has no more. If the sample
  // has a size, the last label is made from that, in `size_label`.
  const LabelNumbers* LabelAt(const Sample& sample, size_t i,
                              LabelNumbers* size_label) const {
    const std::vector<LabelNumbers>& labels = LabelsOf(sample);
    if (i < labels.size()) return &labels[i];
    if (i > labels.size() || sample.size == 0) return nullptr;
    *size_label = size_label_;
    size_label->number = static_cast<int64_t>(sample.size);
    return size_label;
  }

  // Returns a negative number, 0 or a positive one if `a` comes before `b`, is
  // equal to it, or comes after it.
  int Compare(const Sample& a, const Sample& b) const {
    if (a.frame != b.frame) return a.frame < b.frame ? -1 : 1;
    if (a.labels == b.labels && a.size == b.size) return 0;
    for (size_t i = 0;; ++i) {
      LabelNumbers size_of_a;
      LabelNumbers size_of_b;
      const LabelNumbers* of_a = LabelAt(a, i, &size_of_a);
      const LabelNumbers* of_b = LabelAt(b, i, &size_of_b);
      if (of_a == nullptr || of_b == nullptr) {
        return (of_a != nullptr ? 1 : 0) - (of_b != nullptr ? 1 : 0);
      }
      if (*of_a < *of_b) return -1;
      if (*of_b < *of_a) return 1;
    }
  }

  // Writes the samples as fields of the profile's message, before its other
  // fields, since fields may come in any order. Only one sample's message
  // exists at a time: those of a million samples would take a gigabyte.
  void WriteSamples() {
    std::vector<uint32_t> order(profile_.samples.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [this](uint32_t a, uint32_t b) {
      return Compare(profile_.samples[a], profile_.samples[b]) < 0;
    });
    google::protobuf::io::CodedOutputStream out(&gzip_);
    proto::Sample message;
    for (size_t i = 0; i < order.size();) {
      Sample sum = profile_.samples[order[i]];
      for (++i; i < order.size(); ++i) {
        const Sample& next = profile_.samples[order[i]];
        if (Compare(sum, next) != 0) break;
        for (size_t v = 0; v < sum.values.size(); ++v) {
          sum.values[v] += next.values[v];
        }
      }
      FillIn(sum, &message);
      constexpr uint32_t kLengthDelimited = 2;  // wire type
      out.WriteTag(proto::Profile::kSampleFieldNumber << 3 | kLengthDelimited);
      out.WriteVarint32(static_cast<uint32_t>(message.ByteSizeLong()));
      message.SerializeWithCachedSizes(&out);
      if (gzip_.ByteCount() > INT_MAX) ThrowTooLarge();
    }
  }

  void FillIn(const Sample& sample, proto::Sample* message) {
    message->Clear();
    for (uint32_t i = sample.frame; i != 0; i = code_.frames[i].caller) {
      message->add_location_id(LocationId(code_.frames[i].location));
    }
    for (size_t i = 0; i < profile_.value_types.size(); ++i) {
      message->add_value(sample.values[i]);
    }
    LabelNumbers size_label;
    for (size_t i = 0;
         const LabelNumbers* label = LabelAt(sample, i, &size_label); ++i) {
      auto* out = message->add_label();
      out->set_key(label->key);
      if (label->text != 0) {
        out->set_str(label->text);
      } else {
        out->set_num(label->number);
        if (label->unit != 0) out->set_num_unit(label->unit);
      }
    }
  }

  uint64_t LocationId(uint32_t number) {
    uint64_t& id = location_ids_[number];
    if (id != 0) return id;
    id = static_cast<uint64_t>(proto_.location_size()) + 1;
    const Location& location = code_.locations[number];
    auto* out = proto_.add_location();
    out->set_id(id);
    if (location.address != 0) out->set_address(location.address);
    if (location.mapping != kNoMapping) {
      out->set_mapping_id(MappingId(location.mapping));
    }
    for (const Line& line : location.lines) {
      auto* line_out = out->add_line();
      line_out->set_function_id(FunctionId(line.function));
      line_out->set_line(line.line);
    }
    return id;
  }

  uint64_t MappingId(uint32_t number) {
    uint64_t& id = mapping_ids_[number];
    if (id != 0) return id;
    id = static_cast<uint64_t>(proto_.mapping_size()) + 1;
    const Mapping& mapping = code_.mappings[number];
    auto* out = proto_.add_mapping();
    out->set_id(id);
    out->set_memory_start(mapping.start);
    out->set_memory_limit(mapping.limit);
    out->set_file_offset(mapping.offset);
    out->set_filename(String(mapping.path));
    out->set_build_id(String(mapping.build_id));
    out->set_has_functions(mapping.quality.has_functions);
    out->set_has_filenames(mapping.quality.has_filenames);
    out->set_has_line_numbers(mapping.quality.has_line_numbers);
    out->set_has_inline_frames(mapping.quality.has_inline_frames);
    return id;
  }

  uint64_t FunctionId(uint32_t number) {
    uint64_t& id = function_ids_[number];
    if (id != 0) return id;
    id = static_cast<uint64_t>(proto_.function_size()) + 1;
    const Function& function = code_.functions[number];
    auto* out = proto_.add_function();
    out->set_id(id);
    out->set_filename(String(function.file));
    out->set_system_name(String(function.system_name));
    out->set_name(String(function.name));
    out->set_start_line(function.start_line);
    return id;
  }

  // Protobuf cannot read a message that is larger.
  [[noreturn]] static void ThrowTooLarge() {
    throw std::length_error(
        "a profile of more than the format takes, 2 GiB: sample less often, or "
        "fewer benchmarks at a time");
  }

  const Profile& profile_;
  const Code& code_;
  proto::Profile proto_;  // all but the samples
  GzipStream gzip_;
  std::unordered_map<std::string, int64_t> strings_;
  std::vector<std::vector<LabelNumbers>> label_sets_;
  const std::vector<LabelNumbers> no_labels_;
  LabelNumbers size_label_ = {};
  std::vector<uint64_t> mapping_ids_;  // 0: not in use so far
  std::vector<uint64_t> function_ids_;
  std::vector<uint64_t> location_ids_;
};

}  // namespace

std::string ToPprof(const Profile& profile) {
  return PprofWriter(profile).Write();
}

}  // namespace bench_profiler
