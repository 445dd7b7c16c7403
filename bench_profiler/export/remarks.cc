#include "bench_profiler/export/remarks.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "bench_profiler/profile/demangle.h"

namespace bench_profiler {
namespace {

// How much fits into a line after "bench_profiler: ".
constexpr size_t kLineSize = 160 - 16;

// A profile with fewer samples says little: the share of a function that has
// half of the time then has a standard error of more than 5 percentage points.
constexpr int64_t kEnoughSamples = 100;

// A benchmark or test and what is said of it, such as " (3)".
struct Named {
  std::string name;
  std::string detail;
};

// Returns the name, cut to `size` bytes if it is longer, with "..." at its end.
// No UTF-8 character is cut in its middle.
std::string Shortened(const std::string& name, size_t size) {
  if (name.size() <= size) return name;
  size_t end = size - std::min<size_t>(size, 3);
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0) == 0x80) {
    --end;
  }
  return name.substr(0, end) + "...";
}

// Lists as many as fit into `size` characters, but at least the first one.
std::string List(const std::vector<Named>& all, size_t size) {
  const auto more = [](size_t number) {
    return " and " + std::to_string(number) + " more in index.json";
  };
  size -= more(all.size()).size();
  std::string text =
      Shortened(all[0].name, size - all[0].detail.size()) + all[0].detail;
  size_t shown = 1;
  for (; shown < all.size(); ++shown) {
    const std::string next = ", " + all[shown].name + all[shown].detail;
    if (text.size() + next.size() > size) break;
    text += next;
  }
  return shown < all.size() ? text + more(all.size() - shown) : text;
}

bool HasEnough(const RegionSummary& entry) {
  return entry.samples >= kEnoughSamples;
}

// Returns whether two times differ by more than the noise of sampling. A time
// that was measured by n samples has a standard error of sqrt(n) samples.
bool Differ(double a, double b, double seconds_per_sample) {
  const double larger = std::max(a, b);
  const double error = std::sqrt(larger * seconds_per_sample);
  return std::abs(a - b) > std::max(0.2 * larger, 5 * error);
}

// Returns whether the profile's time of a benchmark agrees with the console's.
// With MeasureProcessCPUTime(), the console's time includes threads that the
// benchmark starts by itself, or at least those that have ended; otherwise it
// includes none. So everything from none to all of their time agrees.
bool IsTimeOfConsole(const RegionSummary& entry) {
  const double most = entry.profiled_cpu_seconds;
  const double least = most - entry.helper_cpu_seconds;
  const double per_sample = most / static_cast<double>(entry.samples);
  return !(entry.cpu_seconds > most &&
           Differ(entry.cpu_seconds, most, per_sample)) &&
         !(entry.cpu_seconds < least &&
           Differ(entry.cpu_seconds, least, per_sample));
}

std::string Times(const RegionSummary& entry) {
  char text[64];
  std::snprintf(text, sizeof(text), " (%.3g s, %.3g s)", entry.cpu_seconds,
                entry.profiled_cpu_seconds);
  return text;
}

}  // namespace

// If a benchmark has no samples of allocations, it mostly has no allocations;
// and if every allocation is sampled, few samples are all there can be. Neither
// is worth a remark. A test that runs once is there to pass, so that its few
// samples are only worth a remark if tests were to be repeated, or if no other
// region has enough either.
std::string FewSamplesRemark(const RawProfile& data, const ProfileData& profile,
                             const std::vector<RegionProfile>& regions) {
  const std::string how_to_get_more = profile.how_to_get_more;
  const bool is_of_time = how_to_get_more.empty();
  if (!is_of_time && profile.period <= 1) return "";
  const bool counts_short_ones =
      data.repeats_regions || std::none_of(regions.begin(), regions.end(),
                                           [](const RegionProfile& region) {
                                             return HasEnough(region.result);
                                           });
  std::vector<Named> few;
  const RegionKind* kind = nullptr;  // the advice is for regions of this kind
  for (const RegionProfile& region : regions) {
    const RegionSummary& entry = region.result;
    if (!entry.hooked || HasEnough(entry)) continue;
    if (entry.kind->may_be_short && !counts_short_ones) continue;
    if (!is_of_time && entry.samples == 0) continue;
    if (kind == nullptr || kind->may_be_short) kind = entry.kind;
    few.push_back({entry.name, " (" + std::to_string(entry.samples) + ")"});
  }
  if (few.empty()) return "";
  const std::string start =
      "fewer than " + std::to_string(kEnoughSamples) + " samples: ";
  const std::string advice = !is_of_time ? "; " + how_to_get_more
                                         : std::string("; run longer (") +
                                               kind->how_to_run_longer + ")";
  return start + List(few, kLineSize - start.size() - advice.size()) + advice;
}

std::string ConsoleTimeRemark(const RawProfile& data,
                              const ProfileData& profile,
                              const std::vector<RegionProfile>& regions) {
  if (data.interrupted || profile.lost > 0 || !profile.places_kernel_time) {
    return "";
  }
  std::vector<Named> differ;
  std::string question;
  for (const RegionProfile& region : regions) {
    const RegionSummary& entry = region.result;
    if (!entry.kind->reports_cpu_time || !entry.complete) continue;
    if (entry.samples == 0) continue;
    // The console's time of a benchmark that failed is 0.
    if (entry.profiled_cpu_seconds < 0 || !(entry.cpu_seconds > 0)) continue;
    if (IsTimeOfConsole(entry)) continue;
    if (entry.cpu_seconds > entry.profiled_cpu_seconds) {
      question = std::string("; ") + entry.kind->if_it_reports_more;
    }
    differ.push_back({entry.name, Times(entry)});
  }
  if (differ.empty()) return "";
  const std::string start = "console and profile differ in CPU time: ";
  return start + List(differ, kLineSize - start.size() - question.size()) +
         question;
}

bool AStackShowsARegion(const RawProfile& data, const Code& code) {
  return std::any_of(
      code.functions.begin(), code.functions.end(),
      [&data](const Function& function) {
        return data.shows_a_region(FullName(function.system_name).c_str());
      });
}

}  // namespace bench_profiler
