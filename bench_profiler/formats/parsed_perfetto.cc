#include "bench_profiler/formats/parsed_perfetto.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "bench_profiler/formats/perfetto.h"
#include "bench_profiler/profile/trace.h"

namespace bench_profiler {
namespace {

constexpr int32_t kThread = 1;  // there is but one
constexpr double kSecond = 1e9;
constexpr double kMaxNumber = 9e18;  // an int64_t holds it

// So many are enough to tell a part of 0.01 %.
constexpr double kSamples = 10000;

// Perfetto has the bytes of GNU's build ids. Go's own are no numbers.
bool IsHex(const std::string& text) {
  return text.size() % 2 == 0 &&
         text.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
}

std::vector<Mapping> MappingsOf(const ParsedProfile& profile) {
  std::vector<Mapping> mappings;
  for (const ParsedMapping& mapping : profile.mappings) {
    mappings.push_back(
        {mapping.start, mapping.limit, mapping.offset, mapping.path,
         IsHex(mapping.build_id) ? mapping.build_id : "", mapping.quality});
  }
  return mappings;
}

std::vector<Location> LocationsOf(const ParsedProfile& profile) {
  std::vector<Location> locations;
  for (const ParsedLocation& parsed : profile.locations) {
    Location location;
    location.address = parsed.address;
    location.mapping = parsed.mapping;
    for (const ParsedLine& line : parsed.lines) {
      if (line.function == kNoFunction) continue;
      location.lines.push_back({line.function, line.line});
    }
    locations.push_back(std::move(location));
  }
  return locations;
}

// Stacks become paths of a tree, and what each costs is added up.
class Stacks {
 public:
  Stacks(const ParsedProfile& profile, size_t value) {
    code_.mappings = MappingsOf(profile);
    for (const ParsedFunction& function : profile.functions) {
      code_.functions.push_back({function.name, function.system_name,
                                 function.file, function.start_line});
    }
    code_.locations = LocationsOf(profile);
    code_.frames.emplace_back();  // the root
    for (const ParsedSample& sample : profile.samples) {
      if (sample.values[value] <= 0) continue;
      uint32_t frame = 0;
      for (size_t i = sample.locations.size(); i-- > 0;) {
        frame = CalleeOf(frame, sample.locations[i]);
      }
      costs_[frame] += static_cast<double>(sample.values[value]);
      total_ += static_cast<double>(sample.values[value]);
    }
  }

  Code TakeCode() { return std::move(code_); }

  // `nanos` is how long a unit of the values lasts.
  std::vector<TraceSample> Samples(double nanos) const {
    std::vector<TraceSample> samples;
    double time = 0;
    for (const auto& [frame, cost] : costs_) {
      const double count = std::max(1.0, cost * kSamples / total_);
      for (int i = 0; i < static_cast<int>(count); ++i) {
        TraceSample sample;
        sample.time = static_cast<int64_t>(time + i * cost * nanos / count);
        sample.nanos = static_cast<int64_t>(std::min(cost / count, kMaxNumber));
        sample.tid = kThread;
        sample.frame = frame;
        samples.push_back(sample);
      }
      time += cost * nanos;
    }
    return samples;
  }

  double total() const { return total_; }

 private:
  uint32_t CalleeOf(uint32_t caller, uint32_t location) {
    const auto [it, is_new] = callees_.try_emplace(
        {caller, location}, static_cast<uint32_t>(code_.frames.size()));
    if (is_new) code_.frames.push_back({location, caller});
    return it->second;
  }

  Code code_;
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> callees_;
  std::map<uint32_t, double> costs_;
  double total_ = 0;
};

}  // namespace

std::string ToPerfettoSamples(const ParsedProfile& profile,
                              const ConversionOptions& options) {
  Trace trace;
  trace.process = options.title;
  trace.pid = kThread;
  trace.start_since_epoch = profile.time_nanos;
  trace.sample_period = profile.period;
  Stacks stacks(profile, options.value);
  bool is_time = false;
  if (options.value < profile.value_types.size()) {
    const TypeAndUnit& type = profile.value_types[options.value];
    is_time = type.unit == "nanoseconds";
    if (type.type != "cpu") trace.sample_type = type.type + " in " + type.unit;
  }
  double stretch = 1;
  if (!is_time && stacks.total() < kSecond) {
    stretch = kSecond / std::max(1.0, stacks.total());
  }
  stretch = std::min(stretch, kMaxNumber / std::max(1.0, stacks.total()));
  trace.samples = stacks.Samples(stretch);
  trace.code = std::make_shared<const Code>(stacks.TakeCode());
  trace.threads.emplace_back();
  trace.threads.back().tid = kThread;
  trace.threads.back().name = "samples";
  return ToPerfetto(trace);
}

}  // namespace bench_profiler
