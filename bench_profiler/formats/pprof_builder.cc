#include "bench_profiler/formats/pprof_builder.h"

#include <climits>
#include <stdexcept>

#include "bench_profiler/formats/gzip.h"

namespace bench_profiler {
namespace {

std::string Hex(const uint8_t* bytes, size_t size) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (size_t i = 0; i < size; ++i) {
    text += kDigits[bytes[i] >> 4];
    text += kDigits[bytes[i] & 15];
  }
  return text;
}

// The length of the UTF-8 sequence (RFC 3629, section 4) at `at`; 0 if there is
// none.
size_t SequenceSize(const std::string& text, size_t at) {
  const auto byte = [&](size_t i) -> unsigned {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  const size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  // The second byte keeps out overlong forms, surrogates, and what is beyond
  // U+10FFFF.
  const unsigned low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  const unsigned high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  if (first < 0xc2 || first > 0xf4 || byte(1) < low || byte(1) > high) return 0;
  for (size_t i = 2; i < size; ++i) {
    if (byte(i) < 0x80 || byte(i) > 0xbf) return 0;
  }
  return size;
}

// `text` with U+FFFD for each byte that is no UTF-8. Names and paths may be of
// any bytes, but a profile with such a string is refused by most readers.
std::string ValidUtf8(const std::string& text) {
  std::string valid;
  for (size_t at = 0; at < text.size();) {
    const size_t size = SequenceSize(text, at);
    if (size > 0) {
      valid.append(text, at, size);
    } else {
      valid += "\xef\xbf\xbd";
    }
    at += size > 0 ? size : 1;
  }
  return valid;
}

// The name of a frame that is no code; null if `address` is of code.
const char* NameOfNoCode(uint64_t address) {
  switch (address) {
    case kTruncatedAddress:
      return "truncated";
    case kShortThreadsAddress:
      return "(threads too short to be sampled)";
    case kUnsampledThreadAddress:
      return "(threads that could not be sampled)";
    default:
      return nullptr;
  }
}

bool IsUnsampled(const StackNode& node) {
  return node.address == kShortThreadsAddress ||
         node.address == kUnsampledThreadAddress;
}

}  // namespace

PprofBuilder::PprofBuilder(const RawProfile& data, const ProfileData& profile,
                           const Symbols& symbols)
    : data_(data), profile_(profile), symbols_(symbols) {
  String("");  // the format wants it first
  for (size_t i = 0; i < profile.num_value_types; ++i) {
    auto* type = proto_.add_sample_type();
    type->set_type(String(profile.value_types[i].type));
    type->set_unit(String(profile.value_types[i].unit));
  }
  proto_.mutable_period_type()->set_type(String(profile.period_type.type));
  proto_.mutable_period_type()->set_unit(String(profile.period_type.unit));
  proto_.set_period(profile.period);
  proto_.set_time_nanos(data.start_time_nanos);
  // The first mapping is the program: pprof takes its name from it.
  if (data.modules.size > 0) MappingOf(0);
}

void PprofBuilder::AddSample(const SampleRow& row,
                             const std::vector<Label>& labels) {
  SampleKey key(row.stack, {});
  key.second.reserve(labels.size());
  for (const Label& label : labels) {
    key.second.push_back({String(label.key), String(label.text), label.number,
                          String(label.unit)});
  }
  SampleValues& values = samples_[std::move(key)];
  for (size_t i = 0; i < profile_.num_value_types; ++i) {
    values[i] += row.values[i];
    totals_[i] += row.values[i];
  }
}

void PprofBuilder::AddComment(const std::string& line) {
  proto_.add_comment(String(line));
}

int64_t PprofBuilder::String(const std::string& text) {
  const auto inserted =
      strings_.emplace(text, static_cast<int64_t>(strings_.size()));
  if (inserted.second) proto_.add_string_table(ValidUtf8(text));
  return inserted.first->second;
}

uint64_t PprofBuilder::MappingOf(uint32_t module) {
  if (module == kNoModule) return 0;
  const auto inserted = mappings_.emplace(module, mappings_.size() + 1);
  if (!inserted.second) return inserted.first->second;
  const Module& row = data_.modules[module];
  const SymbolQuality quality = symbols_.Quality(module);
  auto* mapping = proto_.add_mapping();
  mapping->set_id(inserted.first->second);
  mapping->set_memory_start(row.start);
  mapping->set_memory_limit(row.limit);
  mapping->set_file_offset(row.offset);
  mapping->set_filename(String(data_.String(row.path)));
  mapping->set_build_id(String(Hex(row.build_id, row.build_id_size)));
  mapping->set_has_functions(quality.has_functions);
  mapping->set_has_filenames(quality.has_filenames);
  mapping->set_has_line_numbers(quality.has_line_numbers);
  mapping->set_has_inline_frames(quality.has_inline_frames);
  return mapping->id();
}

uint64_t PprofBuilder::FunctionOf(const SourceFrame& frame) {
  const auto key =
      std::make_tuple(String(frame.name), String(frame.system_name),
                      String(frame.file), frame.start_line);
  const auto inserted = functions_.emplace(key, functions_.size() + 1);
  if (inserted.second) {
    auto* function = proto_.add_function();
    function->set_id(inserted.first->second);
    function->set_name(std::get<0>(key));
    function->set_system_name(std::get<1>(key));
    function->set_filename(std::get<2>(key));
    function->set_start_line(frame.start_line);
  }
  return inserted.first->second;
}

uint64_t PprofBuilder::LocationOf(const StackNode& node) {
  const Symbols::Address address(node.module, node.address);
  const auto inserted = locations_.emplace(address, locations_.size() + 1);
  if (!inserted.second) return inserted.first->second;
  auto* location = proto_.add_location();
  location->set_id(inserted.first->second);
  if (const char* name = NameOfNoCode(node.address)) {
    SourceFrame frame;
    frame.name = frame.system_name = name;
    location->add_line()->set_function_id(FunctionOf(frame));
    return location->id();
  }
  location->set_address(node.address);
  location->set_mapping_id(MappingOf(node.module));
  if (node.module == kNoModule) return location->id();
  for (const SourceFrame& frame : symbols_.Frames(address)) {
    auto* line = location->add_line();
    line->set_function_id(FunctionOf(frame));
    line->set_line(frame.line);
  }
  return location->id();
}

bool PprofBuilder::HasName(const StackNode& node) {
  if (node.module == kNoModule) return false;
  const auto& frames = symbols_.Frames({node.module, node.address});
  return !frames.empty() && frames.front().name.rfind('[', 0) != 0;
}

// The samples as bytes of a profile, to which those of `proto_` may be added: a
// message's fields may come in any order. Each sample is given back as soon as
// it is written: of a million, the messages would take a gigabyte.
std::string PprofBuilder::WriteSamples() {
  std::string bytes;
  proto::Profile one;
  while (!samples_.empty()) {
    const auto node = samples_.extract(samples_.begin());
    const SampleKey& key = node.key();
    one.Clear();
    auto* sample = one.add_sample();
    for (uint32_t i = key.first; i != 0; i = data_.stacks[i].parent) {
      const StackNode& frame = data_.stacks[i];
      sample->add_location_id(LocationOf(frame));
      // A thread's function that has no name, as std::thread's, tells nothing.
      if (IsUnsampled(frame) && !HasName(data_.stacks[frame.parent])) break;
    }
    for (size_t i = 0; i < profile_.num_value_types; ++i) {
      sample->add_value(node.mapped()[i]);
    }
    for (const LabelNumbers& label : key.second) {
      auto* out = sample->add_label();
      out->set_key(label.key);
      if (label.text != 0) {
        out->set_str(label.text);
      } else {
        out->set_num(label.number);
        if (label.unit != 0) out->set_num_unit(label.unit);
      }
    }
    one.AppendToString(&bytes);
  }
  return bytes;
}

std::string PprofBuilder::Finish(const std::string& default_type) {
  std::string bytes = WriteSamples();
  proto_.set_default_sample_type(String(default_type));
  // protobuf's limit, for whoever reads it.
  const size_t size = bytes.size() + proto_.ByteSizeLong();
  if (size > INT_MAX) {
    throw std::length_error(
        "a profile of " + std::to_string(size) +
        " bytes is more than the format takes, 2 GiB: sample less often, or "
        "fewer benchmarks at a time");
  }
  proto_.AppendToString(&bytes);
  return Gzip(bytes);
}

}  // namespace bench_profiler
