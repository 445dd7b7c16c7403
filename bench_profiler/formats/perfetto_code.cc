#include "bench_profiler/formats/perfetto_code.h"

#include <google/protobuf/repeated_field.h>

#include "bench_profiler/formats/utf8.h"

namespace bench_profiler {
namespace {

// The bytes that a hexadecimal number stands for.
std::string Bytes(const std::string& hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

// Returns the number of the string, and adds it to `list` if it is new.
uint64_t Intern(
    const std::string& text, std::map<std::string, uint64_t>* numbers,
    google::protobuf::RepeatedPtrField<perfetto::InternedString>* list) {
  const auto [it, is_new] = numbers->try_emplace(text, numbers->size() + 1);
  if (is_new) {
    perfetto::InternedString* string = list->Add();
    string->set_iid(it->second);
    string->set_str(text);
  }
  return it->second;
}

}  // namespace

uint64_t PerfettoCode::Callstack(uint32_t frame) {
  if (frame == 0 || frame >= callstacks_.size()) return 0;
  if (callstacks_[frame] != 0) return callstacks_[frame];
  std::vector<uint64_t> frames;  // the leaf first
  for (uint32_t i = frame; i != 0; i = code_.frames[i].caller) {
    AddFrames(code_.locations[code_.frames[i].location], &frames);
  }
  perfetto::Callstack* stack = interned_.add_callstacks();
  callstacks_[frame] = ++num_callstacks_;
  stack->set_iid(num_callstacks_);
  for (size_t i = frames.size(); i-- > 0;) stack->add_frame_ids(frames[i]);
  return num_callstacks_;
}

// One for each function that was inlined, the innermost first.
void PerfettoCode::AddFrames(const Location& location,
                             std::vector<uint64_t>* frames) {
  if (location.lines.empty()) frames->push_back(Frame(location, nullptr));
  for (const Line& line : location.lines) {
    frames->push_back(Frame(location, &line));
  }
}

uint64_t PerfettoCode::Frame(const Location& location, const Line* line) {
  uint64_t name = 0;
  uint64_t source = 0;
  uint32_t number = 0;
  if (line != nullptr) {
    const Function& function = code_.functions[line->function];
    name = Intern(ValidUtf8(function.name), &function_names_,
                  interned_.mutable_function_names());
    if (!function.file.empty()) {
      source = Intern(ValidUtf8(function.file), &source_paths_,
                      interned_.mutable_source_paths());
    }
    number = static_cast<uint32_t>(line->line);
  }
  const uint64_t mapping =
      location.mapping == kNoMapping ? 0 : Mapping(location.mapping);
  uint64_t address = location.address;
  if (mapping != 0) {
    const bench_profiler::Mapping& of = code_.mappings[location.mapping];
    address = address - of.start + of.offset;
  }
  const auto [it, is_new] = frames_.try_emplace(
      FrameKey{name, number, mapping, address}, frames_.size() + 1);
  if (!is_new) return it->second;
  perfetto::Frame* frame = interned_.add_frames();
  frame->set_iid(it->second);
  if (name != 0) frame->set_function_name_id(name);
  frame->set_mapping_id(mapping);
  frame->set_rel_pc(address);
  if (source != 0) frame->set_source_path_iid(source);
  if (number != 0) frame->set_line_number(number);
  return it->second;
}

uint64_t PerfettoCode::Mapping(uint32_t index) {
  const auto [it, is_new] = mappings_.try_emplace(index, mappings_.size() + 1);
  if (!is_new) return it->second;
  const bench_profiler::Mapping& mapping = code_.mappings[index];
  perfetto::Mapping* out = interned_.add_mappings();
  out->set_iid(it->second);
  out->set_start(mapping.start);
  out->set_end(mapping.limit);
  out->set_exact_offset(mapping.offset);
  out->add_path_string_ids(
      Intern(mapping.path, &mapping_paths_, interned_.mutable_mapping_paths()));
  if (!mapping.build_id.empty()) {
    out->set_build_id(Intern(Bytes(mapping.build_id), &build_ids_,
                             interned_.mutable_build_ids()));
  }
  return it->second;
}

}  // namespace bench_profiler
