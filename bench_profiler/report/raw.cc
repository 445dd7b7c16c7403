#include "bench_profiler/report/raw.h"

#include <algorithm>
#include <cinttypes>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <vector>

#include "bench_profiler/report/go_time.h"
#include "bench_profiler/report/sample_labels.h"

namespace bench_profiler {
namespace {

// Ids of the file are one more than indices.
std::string Id(uint32_t index) {
  return std::to_string(static_cast<uint64_t>(index) + 1);
}

std::string Hex(uint64_t value) {
  char text[32];
  std::snprintf(text, sizeof(text), "0x%" PRIx64, value);
  return text;
}

std::string Padded(const std::string& text, size_t width) {
  return text.size() < width ? std::string(width - text.size(), ' ') + text
                             : text;
}

// The first `count` characters.
std::string First(const std::string& text, size_t count) {
  for (size_t i = 0; i < text.size(); ++i) {
    const bool starts = (static_cast<unsigned char>(text[i]) & 0xC0u) != 0x80u;
    if (starts && count-- == 0) return text.substr(0, i);
  }
  return text;
}

void AppendHead(const ParsedProfile& profile, std::string* out) {
  for (const std::string& comment : profile.comments) {
    *out += "Comment: " + comment + "\n";
  }
  const TypeAndUnit& period = profile.period_type;
  if (!period.type.empty() || !period.unit.empty()) {
    *out += "PeriodType: " + period.type + " " + period.unit + "\n";
  }
  *out += "Period: " + std::to_string(profile.period) + "\n";
  if (profile.time_nanos != 0) {
    *out += "Time: " + GoTime(profile.time_nanos) + "\n";
  }
  if (profile.duration_nanos != 0) {
    // pprof has no more than four characters of it: "1.23" of "1.234s".
    *out += "Duration: " + First(GoDuration(profile.duration_nanos), 4) + "\n";
  }
  *out += "Samples:\n";
  std::vector<std::string> types;
  for (const TypeAndUnit& type : profile.value_types) {
    const bool is_default = type.type == profile.default_value_type;
    types.push_back(type.type + "/" + type.unit + (is_default ? "[dflt]" : ""));
  }
  *out += JoinedWords(types) + "\n";
}

// "a:[x y] b:[z]", with 16 blanks before.
void AppendLabelLine(std::vector<std::string> labels, std::string* out) {
  if (labels.empty()) return;
  std::sort(labels.begin(), labels.end());
  *out += std::string(16, ' ') + JoinedWords(labels) + "\n";
}

void AppendLabels(const ParsedSample& sample, std::string* out) {
  const SampleLabels labels(sample);
  std::vector<std::string> shown;
  for (const auto& [key, texts] : labels.texts) {
    shown.push_back(key + ":[" + JoinedWords(texts) + "]");
  }
  AppendLabelLine(std::move(shown), out);
  shown.clear();
  for (const auto& [key, numbers] : labels.numbers) {
    const bool has_units = std::any_of(
        numbers.begin(), numbers.end(),
        [](const SampleLabels::Number& each) { return !each.unit.empty(); });
    std::vector<std::string> words;
    for (const SampleLabels::Number& number : numbers) {
      words.push_back(std::to_string(number.value) +
                      (has_units ? " " + number.unit : ""));
    }
    shown.push_back(key + ":[" + JoinedWords(words) + "]");
  }
  AppendLabelLine(std::move(shown), out);
}

void AppendSample(const ParsedSample& sample, std::string* out) {
  for (const int64_t value : sample.values) {
    *out += " " + Padded(std::to_string(value), 10);
  }
  *out += ": ";
  for (const uint32_t location : sample.locations) *out += Id(location) + " ";
  *out += "\n";
  AppendLabels(sample, out);
}

std::string ShownLine(const ParsedProfile& profile, const ParsedLine& line) {
  if (line.function == kNoFunction) return "??";
  const ParsedFunction& function = profile.functions[line.function];
  std::string text = function.name + " " + function.file + ":" +
                     std::to_string(line.line) +
                     " s=" + std::to_string(function.start_line);
  if (function.name != function.system_name) {
    text += "(" + function.system_name + ")";
  }
  return text;
}

void AppendLocation(const ParsedProfile& profile, uint32_t index,
                    std::string* out) {
  const ParsedLocation& location = profile.locations[index];
  std::string head = Padded(Id(index), 6) + ": " + Hex(location.address) + " ";
  if (location.mapping != kNoMapping) {
    head += "M=" + Id(location.mapping) + " ";
  } else if (profile.mappings.empty()) {
    head += "M=1 ";  // see AppendMappings
  }
  if (location.is_folded) head += "[F] ";
  if (location.lines.empty()) *out += head + "\n";
  for (const ParsedLine& line : location.lines) {
    *out += head + ShownLine(profile, line) + "\n";
    head = std::string(13, ' ');
  }
}

void AppendMappings(const ParsedProfile& profile, std::string* out) {
  uint32_t index = 0;
  for (const ParsedMapping& mapping : profile.mappings) {
    *out += Id(index++) + ": " + Hex(mapping.start) + "/" + Hex(mapping.limit) +
            "/" + Hex(mapping.offset) + " " + mapping.path + " " +
            mapping.build_id + " ";
    const SymbolQuality& quality = mapping.quality;
    if (quality.has_functions) *out += "[FN]";
    if (quality.has_filenames) *out += "[FL]";
    if (quality.has_line_numbers) *out += "[LN]";
    if (quality.has_inline_frames) *out += "[IN]";
    *out += "\n";
  }
  // pprof makes one if there is none.
  if (profile.mappings.empty()) *out += "1: 0x0/0x0/0x0   \n";
}

}  // namespace

bool WriteRaw(const PreparedReport& report, std::string* out,
              std::string* /*error*/) {
  const ParsedProfile& profile = report.profile;
  AppendHead(profile, out);
  for (const ParsedSample& sample : profile.samples) AppendSample(sample, out);
  *out += "Locations\n";
  for (uint32_t i = 0; i < profile.locations.size(); ++i) {
    AppendLocation(profile, i, out);
  }
  *out += "Mappings\n";
  AppendMappings(profile, out);
  return true;
}

}  // namespace bench_profiler
