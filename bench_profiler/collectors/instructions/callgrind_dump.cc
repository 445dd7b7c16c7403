#include "bench_profiler/collectors/instructions/callgrind_dump.h"

#include <charconv>
#include <system_error>

namespace bench_profiler {
namespace {

bool TakePrefix(std::string_view* line, std::string_view prefix) {
  if (line->substr(0, prefix.size()) != prefix) return false;
  line->remove_prefix(prefix.size());
  return true;
}

// Takes a number off the start of `line`. Neither malloc nor locale.
template <class Number>
bool TakeNumber(std::string_view* line, int base, Number* number) {
  const char* const end = line->data() + line->size();
  const auto [rest, error] = std::from_chars(line->data(), end, *number, base);
  if (error != std::errc()) return false;
  line->remove_prefix(static_cast<size_t>(rest - line->data()));
  return true;
}

// Takes "(12)", by which a name is meant that may follow it.
bool TakeNameNumber(std::string_view* value, uint32_t* number) {
  return TakePrefix(value, "(") && TakeNumber(value, 10, number) &&
         TakePrefix(value, ")") && *number < CallgrindDump::kMaxNumber;
}

}  // namespace

Error CallgrindDump::Read(const char* text, size_t size) {
  std::string_view rest(text, size);
  if (!objects_.Resize(1)) return Error::Format("no memory left");
  for (size_t number = 1; !rest.empty(); ++number) {
    const size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (ReadLine(line)) continue;
    if (!has_memory_) return Error::Format("no memory left");
    return Error::Format("line %zu is not as callgrind writes it", number);
  }
  if (!has_positions_ || !has_events_) {
    return Error::Format("it has no counts of instructions");
  }
  return Error();
}

bool CallgrindDump::ReadLine(std::string_view line) {
  if (line.empty() || line[0] == '#') return true;
  if (line[0] >= '0' && line[0] <= '9') return ReadCost(line);
  std::string_view value = line;
  if (TakePrefix(&value, "fn=")) return ReadContext(value, &context_);
  if (TakePrefix(&value, "cfn=")) return ReadContext(value, &callee_);
  if (TakePrefix(&value, "ob=")) return ReadObject(value, &object_);
  uint32_t object_of_callee;  // which its own block tells, too
  if (TakePrefix(&value, "cob=")) return ReadObject(value, &object_of_callee);
  if (TakePrefix(&value, "calls=")) return is_call_ = true;
  // Names of source files; the symbolizer knows them better.
  for (const char* file : {"fl=", "fi=", "fe=", "cfi=", "cfl="}) {
    if (TakePrefix(&value, file)) return true;
  }
  return ReadHeader(line);
}

bool CallgrindDump::ReadHeader(std::string_view line) {
  if (TakePrefix(&line, "positions:")) {
    return has_positions_ = line == " instr";
  }
  if (TakePrefix(&line, "events:")) return has_events_ = line == " Ir";
  if (TakePrefix(&line, "desc: Trigger: Client Request: ")) {
    TakeNumber(&line, 16, &request_);
    return true;
  }
  return line.find(':') != std::string_view::npos;
}

// "0x1234 5"
bool CallgrindDump::ReadCost(std::string_view line) {
  uint64_t address;
  int64_t count;
  if (!TakePrefix(&line, "0x") || !TakeNumber(&line, 16, &address) ||
      !TakePrefix(&line, " ") || !TakeNumber(&line, 10, &count) || count < 0) {
    return false;
  }
  if (is_call_) {
    is_call_ = false;
    return has_memory_ =
               calls_.Append({callee_, context_, object_, address, count});
  }
  return has_memory_ = costs_.Append({context_, object_, address, count});
}

bool CallgrindDump::ReadContext(std::string_view value, uint32_t* context) {
  if (!TakeNameNumber(&value, context)) return false;
  if (*context >= num_contexts_) num_contexts_ = *context + 1;
  return true;
}

bool CallgrindDump::ReadObject(std::string_view value, uint32_t* object) {
  if (!TakeNameNumber(&value, object)) return false;
  if (*object >= objects_.size()) {
    has_memory_ = objects_.Resize(*object + size_t{1});
  }
  // Only the first time, its name follows.
  if (has_memory_ && TakePrefix(&value, " ")) objects_[*object] = value;
  return has_memory_;
}

}  // namespace bench_profiler
