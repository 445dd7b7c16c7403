#include "bench_profiler/formats/parsed_speedscope.h"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>
#include <tuple>
#include <vector>

#include "bench_profiler/profile/parsed_frames.h"

namespace bench_profiler {
namespace {

using Json = nlohmann::ordered_json;

// Units that speedscope knows; others are "none".
std::string UnitOf(const std::string& unit) {
  static constexpr std::array<std::string_view, 5> kUnits = {
      "nanoseconds", "microseconds", "milliseconds", "seconds", "bytes"};
  return std::find(kUnits.begin(), kUnits.end(), unit) != kUnits.end() ? unit
                                                                       : "none";
}

class SpeedscopeWriter {
 public:
  explicit SpeedscopeWriter(const ParsedProfile& profile)
      : profile_(profile), reader_(profile) {
    for (const ParsedSample& sample : profile.samples) {
      std::vector<uint32_t> stack;
      for (const ParsedFrame& frame : reader_.Read(sample)) {
        stack.push_back(NumberOf(frame));
      }
      std::vector<uint64_t>& sums = stacks_[stack];
      sums.resize(sample.values.size());
      for (size_t i = 0; i < sums.size(); ++i) {
        sums[i] += static_cast<uint64_t>(sample.values[i]);
      }
    }
  }

  std::string Write(const ConversionOptions& options) const {
    Json file;
    file["$schema"] = "https://www.speedscope.app/file-format-schema.json";
    file["exporter"] = "bench_profiler";
    if (!options.title.empty()) file["name"] = options.title;
    file["shared"]["frames"] = frames_;
    file["profiles"] = Json::array();
    for (size_t i = 0; i < profile_.value_types.size(); ++i) {
      if (options.only_value && i != options.value) continue;
      if (i == options.value) {
        file["activeProfileIndex"] = file["profiles"].size();
      }
      file["profiles"].push_back(SamplesOf(i));
    }
    // Bytes that are no UTF-8 become U+FFFD.
    return file.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  }

 private:
  uint32_t NumberOf(const ParsedFrame& frame) {
    std::string_view file;
    int64_t line = 0;
    if (frame.function != nullptr) {
      file = frame.function->file;
      line = frame.function->start_line;
    }
    const auto [it, is_new] = numbers_.try_emplace(
        {frame.name, file, line}, static_cast<uint32_t>(frames_.size()));
    if (is_new) {
      Json out;
      out["name"] = frame.name;
      if (!file.empty()) out["file"] = file;
      if (line > 0) out["line"] = line;
      frames_.push_back(std::move(out));
    }
    return it->second;
  }

  Json SamplesOf(size_t index) const {
    Json samples = Json::array();
    Json weights = Json::array();
    int64_t total = 0;
    for (const auto& [stack, sums] : stacks_) {
      const auto value = static_cast<int64_t>(sums[index]);
      if (value <= 0) continue;
      samples.push_back(stack);
      weights.push_back(value);
      if (__builtin_add_overflow(total, value, &total)) total = INT64_MAX;
    }
    const TypeAndUnit& type = profile_.value_types[index];
    Json out;
    out["type"] = "sampled";
    out["name"] = type.type;
    out["unit"] = UnitOf(type.unit);
    out["startValue"] = 0;
    out["endValue"] = total;
    out["samples"] = std::move(samples);
    out["weights"] = std::move(weights);
    return out;
  }

  const ParsedProfile& profile_;
  FrameReader reader_;  // the names live there
  Json frames_ = Json::array();
  std::map<std::tuple<std::string_view, std::string_view, int64_t>, uint32_t>
      numbers_;
  // Sums of each type of values. In order, so that equal frames are neighbours.
  std::map<std::vector<uint32_t>, std::vector<uint64_t>> stacks_;
};

}  // namespace

std::string ToSpeedscope(const ParsedProfile& profile,
                         const ConversionOptions& options) {
  return SpeedscopeWriter(profile).Write(options);
}

}  // namespace bench_profiler
