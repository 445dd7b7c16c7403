#include "bench_profiler/formats/parsed_pprof_writer.h"

#include "bench_profiler/formats/pprof_stream.h"
#include "profile.pb.h"

namespace bench_profiler {
namespace {

// Indices count from 0, ids from 1: 0 is none.
uint64_t IdOf(uint32_t index) { return uint64_t{index} + 1; }

void WriteHead(const ParsedProfile& profile, PprofStream* out) {
  proto::Profile head;
  for (const TypeAndUnit& type : profile.value_types) {
    auto* to = head.add_sample_type();
    to->set_type(out->String(type.type));
    to->set_unit(out->String(type.unit));
  }
  head.set_drop_frames(out->String(profile.drop_frames));
  head.set_keep_frames(out->String(profile.keep_frames));
  head.set_time_nanos(profile.time_nanos);
  head.set_duration_nanos(profile.duration_nanos);
  auto* period = head.mutable_period_type();
  period->set_type(out->String(profile.period_type.type));
  period->set_unit(out->String(profile.period_type.unit));
  head.set_period(profile.period);
  for (const std::string& comment : profile.comments) {
    head.add_comment(out->String(comment));
  }
  head.set_default_sample_type(out->String(profile.default_value_type));
  head.set_doc_url(out->String(profile.doc_url));
  out->WriteHead(head);
}

void WriteSamples(const ParsedProfile& profile, PprofStream* out) {
  proto::Sample message;
  for (const ParsedSample& sample : profile.samples) {
    message.Clear();
    for (const uint32_t location : sample.locations) {
      message.add_location_id(IdOf(location));
    }
    for (const int64_t value : sample.values) message.add_value(value);
    for (const ParsedLabel& label : sample.labels) {
      auto* to = message.add_label();
      to->set_key(out->String(label.key));
      if (label.is_number) {
        to->set_num(label.number);
        to->set_num_unit(out->String(label.unit));
      } else {
        to->set_str(out->String(label.text));
      }
    }
    out->WriteMessage(proto::Profile::kSampleFieldNumber, message);
  }
}

void WriteMappings(const ParsedProfile& profile, PprofStream* out) {
  proto::Mapping message;
  uint32_t index = 0;
  for (const ParsedMapping& mapping : profile.mappings) {
    message.set_id(IdOf(index++));
    message.set_memory_start(mapping.start);
    message.set_memory_limit(mapping.limit);
    message.set_file_offset(mapping.offset);
    message.set_filename(out->String(mapping.path));
    message.set_build_id(out->String(mapping.build_id));
    message.set_has_functions(mapping.quality.has_functions);
    message.set_has_filenames(mapping.quality.has_filenames);
    message.set_has_line_numbers(mapping.quality.has_line_numbers);
    message.set_has_inline_frames(mapping.quality.has_inline_frames);
    out->WriteMessage(proto::Profile::kMappingFieldNumber, message);
  }
}

void WriteLocations(const ParsedProfile& profile, PprofStream* out) {
  proto::Location message;
  uint32_t index = 0;
  for (const ParsedLocation& location : profile.locations) {
    message.Clear();
    message.set_id(IdOf(index++));
    if (location.mapping != kNoMapping) {
      message.set_mapping_id(IdOf(location.mapping));
    }
    message.set_address(location.address);
    for (const ParsedLine& line : location.lines) {
      auto* to = message.add_line();
      if (line.function != kNoFunction)
        to->set_function_id(IdOf(line.function));
      to->set_line(line.line);
      to->set_column(line.column);
    }
    message.set_is_folded(location.is_folded);
    out->WriteMessage(proto::Profile::kLocationFieldNumber, message);
  }
}

void WriteFunctions(const ParsedProfile& profile, PprofStream* out) {
  proto::Function message;
  uint32_t index = 0;
  for (const ParsedFunction& function : profile.functions) {
    message.set_id(IdOf(index++));
    message.set_name(out->String(function.name));
    message.set_system_name(out->String(function.system_name));
    message.set_filename(out->String(function.file));
    message.set_start_line(function.start_line);
    out->WriteMessage(proto::Profile::kFunctionFieldNumber, message);
  }
}

}  // namespace

std::string WritePprof(const ParsedProfile& profile) {
  PprofStream out;
  WriteHead(profile, &out);
  WriteSamples(profile, &out);
  WriteMappings(profile, &out);
  WriteLocations(profile, &out);
  WriteFunctions(profile, &out);
  return out.Finish();
}

}  // namespace bench_profiler
