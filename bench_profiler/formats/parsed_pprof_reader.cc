#include "bench_profiler/formats/parsed_pprof_reader.h"

#include <algorithm>
#include <cstdint>
#include <new>
#include <utility>
#include <vector>

#include "bench_profiler/formats/gunzip.h"
#include "bench_profiler/formats/parsed_fields.h"
#include "bench_profiler/formats/parsed_foreign.h"
#include "bench_profiler/formats/parsed_id_table.h"
#include "profile.pb.h"

namespace bench_profiler {
namespace {

// Of all copies of texts: a label of 200 bytes can be 4 bytes in the file.
constexpr size_t kMaxTextRatio = 64;
constexpr size_t kAnyTextSize = size_t{64} << 20;
constexpr size_t kMaxTextSize = size_t{4} << 30;

// What is wrong, as a line for the user.
struct BadProfile {
  std::string what;
};

[[noreturn]] void Fail(std::string what) { throw BadProfile{std::move(what)}; }

std::string Id(uint64_t id) { return std::to_string(id); }

// Goes over the file several times: what something refers to may come after it.
class PprofReader {
 public:
  PprofReader(std::string_view bytes, ParsedProfile* profile)
      : bytes_(bytes),
        profile_(*profile),
        max_text_size_(std::clamp(bytes.size() * kMaxTextRatio, kAnyTextSize,
                                  kMaxTextSize)) {}

  void Read() {
    ReadHeadAndTexts();
    if (texts_.empty()) Fail("not a profile.proto: it has no table of strings");
    if (!texts_[0].empty()) Fail("malformed: its first string is not \"\"");
    TakeHead();
    ReadEach<proto::Mapping>(proto::Profile::kMappingFieldNumber, "mapping",
                             &PprofReader::AddMapping);
    SortIds("mappings", &mappings_);
    ReadEach<proto::Function>(proto::Profile::kFunctionFieldNumber, "function",
                              &PprofReader::AddFunction);
    SortIds("functions", &functions_);
    ReadEach<proto::Location>(proto::Profile::kLocationFieldNumber, "location",
                              &PprofReader::AddLocation);
    SortIds("locations", &locations_);
    ReadEach<proto::Sample>(proto::Profile::kSampleFieldNumber, "sample",
                            &PprofReader::AddSample);
  }

 private:
  // Fields that are neither here nor there are passed over, as protobuf does.
  void ReadHeadAndTexts() {
    FieldReader reader(bytes_);
    for (Field field; reader.Next(&field);) {
      switch (field.number) {
        case proto::Profile::kSampleFieldNumber:
        case proto::Profile::kMappingFieldNumber:
        case proto::Profile::kLocationFieldNumber:
        case proto::Profile::kFunctionFieldNumber:
          if (!field.is_message) FailAsNoProto();
          break;
        case proto::Profile::kStringTableFieldNumber:
          if (!field.is_message) FailAsNoProto();
          texts_.push_back(field.content);
          break;
        default:
          MergeIntoHead(field);
      }
    }
    if (reader.is_truncated()) {
      Fail(
          "truncated, or not a profile.proto: it ends in the middle of a "
          "message");
    }
    if (!reader.ok()) FailAsNoProto();
  }

  void MergeIntoHead(const Field& field) {
    if (field.number > proto::Profile::kDocUrlFieldNumber) return;
    if (field.number == proto::Profile::kTimeNanosFieldNumber &&
        head_.time_nanos() != 0) {
      Fail("several profiles one after another: `merge` adds up profiles");
    }
    proto::Profile one;
    if (!one.ParseFromArray(field.whole.data(),
                            static_cast<int>(field.whole.size()))) {
      FailAsNoProto();
    }
    head_.MergeFrom(one);
  }

  void TakeHead() {
    for (const proto::ValueType& type : head_.sample_type()) {
      profile_.value_types.push_back({Text(type.type()), Text(type.unit())});
    }
    profile_.default_value_type = Text(head_.default_sample_type());
    profile_.drop_frames = Text(head_.drop_frames());
    profile_.keep_frames = Text(head_.keep_frames());
    for (const int64_t comment : head_.comment()) {
      profile_.comments.push_back(Text(comment));
    }
    profile_.doc_url = Text(head_.doc_url());
    profile_.period_type = {Text(head_.period_type().type()),
                            Text(head_.period_type().unit())};
    profile_.period = head_.period();
    profile_.time_nanos = head_.time_nanos();
    profile_.duration_nanos = head_.duration_nanos();
  }

  template <typename Message>
  void ReadEach(int number, const char* what,
                void (PprofReader::*add)(const Message&)) {
    Message message;
    FieldReader reader(bytes_);
    for (Field field; reader.Next(&field);) {
      if (field.number != static_cast<uint32_t>(number)) continue;
      if (!message.ParseFromArray(field.content.data(),
                                  static_cast<int>(field.content.size()))) {
        Fail(std::string("malformed: a ") + what + " cannot be decoded");
      }
      (this->*add)(message);
    }
  }

  static void SortIds(const char* what, IdTable* ids) {
    const uint64_t twice = ids->Sort();
    if (twice == 0) return;
    Fail(std::string("malformed: several ") + what + " with the id " +
         Id(twice));
  }

  static void AddId(const char* what, uint64_t id, IdTable* ids) {
    if (id == 0) Fail(std::string("malformed: a ") + what + " with the id 0");
    ids->Add(id);
  }

  void AddMapping(const proto::Mapping& mapping) {
    AddId("mapping", mapping.id(), &mappings_);
    ParsedMapping out;
    out.start = mapping.memory_start();
    out.limit = mapping.memory_limit();
    out.offset = mapping.file_offset();
    out.path = Text(mapping.filename());
    out.build_id = Text(mapping.build_id());
    out.quality.has_functions = mapping.has_functions();
    out.quality.has_filenames = mapping.has_filenames();
    out.quality.has_line_numbers = mapping.has_line_numbers();
    out.quality.has_inline_frames = mapping.has_inline_frames();
    profile_.mappings.push_back(std::move(out));
  }

  void AddFunction(const proto::Function& function) {
    AddId("function", function.id(), &functions_);
    ParsedFunction out;
    out.name = Text(function.name());
    out.system_name = Text(function.system_name());
    out.file = Text(function.filename());
    out.start_line = function.start_line();
    profile_.functions.push_back(std::move(out));
  }

  void AddLocation(const proto::Location& location) {
    AddId("location", location.id(), &locations_);
    ParsedLocation out;
    out.address = location.address();
    const uint32_t mapping = mappings_.Find(location.mapping_id());
    out.mapping = mapping == IdTable::kNone ? kNoMapping : mapping;
    out.is_folded = location.is_folded();
    out.lines.reserve(static_cast<size_t>(location.line_size()));
    for (const proto::Line& line : location.line()) {
      const uint32_t function = functions_.Find(line.function_id());
      if (function == IdTable::kNone) {
        Fail("malformed: the location " + Id(location.id()) +
             " is in a function " + Id(line.function_id()) +
             ", which is not there");
      }
      out.lines.push_back({function, line.line(), line.column()});
    }
    profile_.locations.push_back(std::move(out));
  }

  void AddSample(const proto::Sample& sample) {
    const size_t types = profile_.value_types.size();
    if (types == 0) Fail("malformed: it has samples, but no types of values");
    if (static_cast<size_t>(sample.value_size()) != types) {
      Fail("malformed: a sample has " + std::to_string(sample.value_size()) +
           " values, but there are " + std::to_string(types) + " types");
    }
    ParsedSample out;
    out.values.assign(sample.value().begin(), sample.value().end());
    out.locations.reserve(static_cast<size_t>(sample.location_id_size()));
    for (const uint64_t id : sample.location_id()) {
      const uint32_t location = locations_.Find(id);
      if (location == IdTable::kNone) {
        Fail("malformed: a sample is at a location " + Id(id) +
             ", which is not there");
      }
      out.locations.push_back(location);
    }
    out.labels.reserve(static_cast<size_t>(sample.label_size()));
    for (const proto::Label& label : sample.label()) AddLabel(label, &out);
    profile_.samples.push_back(std::move(out));
  }

  void AddLabel(const proto::Label& label, ParsedSample* sample) {
    ParsedLabel out;
    out.key = Text(label.key());
    if (label.str() != 0) {
      out.text = Text(label.str());
    } else if (label.num() != 0 || label.num_unit() != 0) {
      out.is_number = true;
      out.number = label.num();
      out.unit = Text(label.num_unit());
    } else {
      return;
    }
    sample->labels.push_back(std::move(out));
  }

  std::string Text(int64_t index) {
    if (index < 0 || static_cast<size_t>(index) >= texts_.size()) {
      Fail("malformed: it refers to a string " + std::to_string(index) +
           ", but has " + std::to_string(texts_.size()));
    }
    const std::string_view text = texts_[static_cast<size_t>(index)];
    text_size_ += text.size();
    if (text_size_ > max_text_size_) {
      Fail("too large: its texts, where they are used, have more than " +
           std::to_string(max_text_size_ >> 20) + " MiB");
    }
    return std::string(text);
  }

  [[noreturn]] void FailAsNoProto() const { Fail("not a profile.proto"); }

  const std::string_view bytes_;
  ParsedProfile& profile_;
  proto::Profile head_;  // without what there is much of
  std::vector<std::string_view> texts_;
  const size_t max_text_size_;
  size_t text_size_ = 0;  // so far
  IdTable mappings_;
  IdTable functions_;
  IdTable locations_;
};

}  // namespace

bool ReadPprof(std::string_view bytes, ParsedProfile* profile,
               std::string* error) {
  *profile = ParsedProfile();
  std::string plain;
  try {
    if (IsGzip(bytes)) {
      if (!Gunzip(bytes, &plain, error)) return false;
      bytes = plain;
    }
    if (bytes.empty()) Fail("it is empty");
    if (bytes.size() > kMaxPlainSize) Fail("too large: more than 1 GiB");
    PprofReader(bytes, profile).Read();
    return true;
  } catch (const BadProfile& bad) {
    const std::string foreign = DescribeForeign(bytes);
    *error = foreign.empty() ? bad.what : foreign;
  } catch (const std::bad_alloc&) {
    *error = "too large: there is no memory for it";
  }
  return false;
}

}  // namespace bench_profiler
