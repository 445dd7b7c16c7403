#include "bench_profiler/formats/pprof.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <tuple>
#include <vector>

#include "bench_profiler/formats/pprof_stream.h"
#include "profile.pb.h"

namespace bench_profiler {
namespace {

// Numbers those elements of a vector that are in use, from 1 on, in the order
// of their first use.
class Numbering {
 public:
  explicit Numbering(size_t size) : numbers_(size) {}

  uint64_t Of(uint32_t index) {
    uint32_t& number = numbers_[index];
    if (number == 0) {
      in_use_.push_back(index);
      number = static_cast<uint32_t>(in_use_.size());
    }
    return number;
  }

  // Their indices: the element with number 1 comes first.
  const std::vector<uint32_t>& in_use() const { return in_use_; }

 private:
  std::vector<uint32_t> numbers_;  // by index; 0: not in use so far
  std::vector<uint32_t> in_use_;
};

// A label, with its strings as indices into the string table.
struct LabelNumbers {
  int64_t key;
  int64_t text;  // 0: the label has a number
  int64_t number;
  int64_t unit;
};

// Writes what refers to something else before what it refers to: samples, then
// the locations that they are at, and so on.
class PprofWriter {
 public:
  explicit PprofWriter(const Profile& profile)
      : profile_(profile),
        code_(*profile.code),
        label_sets_(profile.label_sets.size()),
        locations_(code_.locations.size()),
        functions_(code_.functions.size()),
        mappings_(code_.mappings.size()) {}

  std::string Write() {
    WriteHead();
    WriteSamples();
    WriteLocations();
    WriteFunctions();
    WriteMappings();
    return out_.Finish();
  }

 private:
  void WriteHead() {
    proto::Profile head;
    for (const TypeAndUnit& type : profile_.value_types) {
      auto* out = head.add_sample_type();
      out->set_type(out_.String(type.type));
      out->set_unit(out_.String(type.unit));
    }
    head.mutable_period_type()->set_type(
        out_.String(profile_.period_type.type));
    head.mutable_period_type()->set_unit(
        out_.String(profile_.period_type.unit));
    head.set_period(profile_.period);
    head.set_time_nanos(profile_.time_nanos);
    head.set_duration_nanos(profile_.duration_nanos);
    for (const std::string& line : profile_.comments) {
      head.add_comment(out_.String(line));
    }
    head.set_default_sample_type(out_.String(profile_.default_value_type));
    out_.WriteHead(head);
    // pprof takes the program's name from the first mapping.
    if (!code_.mappings.empty()) mappings_.Of(0);
  }

  void WriteSamples() {
    const std::vector<uint32_t> ranks = RankLabelSets();
    // Samples that are to be added up have the same key.
    const auto key = [&](const Sample& sample) {
      const uint32_t rank =
          sample.labels < ranks.size() ? ranks[sample.labels] : 0;
      return std::make_tuple(sample.frame, rank, sample.size);
    };
    const std::vector<Sample>& samples = profile_.samples;
    std::vector<uint32_t> order(samples.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
      return key(samples[a]) < key(samples[b]);
    });
    proto::Sample message;
    for (size_t i = 0; i < order.size();) {
      Sample sum = samples[order[i]];
      for (++i; i < order.size(); ++i) {
        const Sample& next = samples[order[i]];
        if (key(next) != key(sum)) break;
        for (size_t v = 0; v < sum.values.size(); ++v) {
          sum.values[v] += next.values[v];
        }
      }
      FillIn(sum, &message);
      out_.WriteMessage(proto::Profile::kSampleFieldNumber, message);
    }
  }

  // Returns for each set of labels where it stands among all of them, from 1
  // on, if they are ordered by what they say. Equal ones have the same rank.
  std::vector<uint32_t> RankLabelSets() const {
    const std::vector<std::vector<Label>>& sets = profile_.label_sets;
    std::vector<uint32_t> order(sets.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(),
              [&](uint32_t a, uint32_t b) { return sets[a] < sets[b]; });
    std::vector<uint32_t> ranks(sets.size());
    uint32_t rank = 0;
    for (size_t i = 0; i < order.size(); ++i) {
      if (i == 0 || sets[order[i - 1]] < sets[order[i]]) ++rank;
      ranks[order[i]] = rank;
    }
    return ranks;
  }

  void FillIn(const Sample& sample, proto::Sample* message) {
    message->Clear();
    for (uint32_t i = sample.frame; i != 0; i = code_.frames[i].caller) {
      message->add_location_id(locations_.Of(code_.frames[i].location));
    }
    for (size_t i = 0; i < profile_.value_types.size(); ++i) {
      message->add_value(sample.values[i]);
    }
    if (sample.labels < label_sets_.size()) {
      for (const LabelNumbers& label : LabelSet(sample.labels)) {
        AddLabel(label, message);
      }
    }
    if (sample.size > 0) {
      const int64_t bytes = out_.String("bytes");
      AddLabel({bytes, 0, static_cast<int64_t>(sample.size), bytes}, message);
    }
  }

  static void AddLabel(const LabelNumbers& label, proto::Sample* message) {
    auto* out = message->add_label();
    out->set_key(label.key);
    if (label.text != 0) {
      out->set_str(label.text);
    } else {
      out->set_num(label.number);
      if (label.unit != 0) out->set_num_unit(label.unit);
    }
  }

  const std::vector<LabelNumbers>& LabelSet(uint32_t set) {
    std::vector<LabelNumbers>& numbers = label_sets_[set];
    if (!numbers.empty()) return numbers;
    for (const Label& label : profile_.label_sets[set]) {
      numbers.push_back({out_.String(label.key), out_.String(label.text),
                         label.number, out_.String(label.unit)});
    }
    return numbers;
  }

  void WriteLocations() {
    proto::Location message;
    uint64_t id = 0;
    for (const uint32_t index : locations_.in_use()) {
      const Location& location = code_.locations[index];
      message.Clear();
      message.set_id(++id);
      if (location.address != 0) message.set_address(location.address);
      if (location.mapping != kNoMapping) {
        message.set_mapping_id(mappings_.Of(location.mapping));
      }
      for (const Line& line : location.lines) {
        auto* out = message.add_line();
        out->set_function_id(functions_.Of(line.function));
        out->set_line(line.line);
      }
      out_.WriteMessage(proto::Profile::kLocationFieldNumber, message);
    }
  }

  void WriteFunctions() {
    proto::Function message;
    uint64_t id = 0;
    for (const uint32_t index : functions_.in_use()) {
      const Function& function = code_.functions[index];
      message.set_id(++id);
      message.set_filename(out_.String(function.file));
      message.set_system_name(out_.String(function.system_name));
      message.set_name(out_.String(function.name));
      message.set_start_line(function.start_line);
      out_.WriteMessage(proto::Profile::kFunctionFieldNumber, message);
    }
  }

  void WriteMappings() {
    proto::Mapping message;
    uint64_t id = 0;
    for (const uint32_t index : mappings_.in_use()) {
      const Mapping& mapping = code_.mappings[index];
      message.set_id(++id);
      message.set_memory_start(mapping.start);
      message.set_memory_limit(mapping.limit);
      message.set_file_offset(mapping.offset);
      message.set_filename(out_.String(mapping.path));
      message.set_build_id(out_.String(mapping.build_id));
      message.set_has_functions(mapping.quality.has_functions);
      message.set_has_filenames(mapping.quality.has_filenames);
      message.set_has_line_numbers(mapping.quality.has_line_numbers);
      message.set_has_inline_frames(mapping.quality.has_inline_frames);
      out_.WriteMessage(proto::Profile::kMappingFieldNumber, message);
    }
  }

  const Profile& profile_;
  const Code& code_;
  PprofStream out_;
  std::vector<std::vector<LabelNumbers>> label_sets_;  // empty: not asked for
  Numbering locations_;
  Numbering functions_;
  Numbering mappings_;
};

}  // namespace

std::string ToPprof(const Profile& profile) {
  return PprofWriter(profile).Write();
}

}  // namespace bench_profiler
