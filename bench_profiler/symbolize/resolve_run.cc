#include "bench_profiler/symbolize/resolve_run.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/symbolize/resolve_profile.h"
#include "bench_profiler/symbolize/row_labels.h"
#include "bench_profiler/symbolize/run_summaries.h"

namespace bench_profiler {
namespace {

constexpr int64_t kNanosPerSecond = 1000000000;

double Seconds(int64_t nanos) {
  return static_cast<double>(nanos) / kNanosPerSecond;
}

using Values = std::array<int64_t, kMaxSampleValues>;

class RunResolver {
 public:
  RunResolver(const RawProfile& data, const ProfileData& raw,
              const ResolvedCode& resolved)
      : data_(data),
        raw_(raw),
        resolved_(resolved),
        labels_(data, *resolved.code),
        runs_(data, raw) {}

  RunProfiles Resolve() {
    run_.path = raw_.path;
    run_.rate = raw_.rate;
    run_.counts_allocations = data_.counts_allocations;
    ResolveWhole();
    FindRegions();
    AddRegionSamples();
    AddRuns();
    for (RegionProfile& region : run_.regions) Describe(&region);
    return std::move(run_);
  }

 private:
  void ResolveWhole() {
    run_.whole = EmptyProfile(data_, raw_, resolved_);
    LabelSets sets;
    run_.whole.samples.reserve(raw_.samples.size);
    for (const SampleRow& row : UnsampledRows(raw_, raw_.samples)) {
      const auto make = [&] { return labels_.InWholeRun(row); };
      const bool looks_at_stack =
          data_.stack_labels.size > 0 && !data_.runs[row.run].has_region;
      run_.whole.samples.push_back(
          SampleOf(row, looks_at_stack ? sets.NumberOf(make())
                                       : sets.NumberOf(row, make)));
      run_.samples += row.samples;
    }
    run_.whole.label_sets = sets.Take();
    AddComments(run_.samples, &run_.whole.comments);
  }

  // Regions of the same kind with the same full name are merged.
  void FindRegions() {
    std::map<std::pair<const RegionKind*, std::string>, size_t> by_name;
    number_of_row_.resize(data_.regions.size);
    for (size_t i = 0; i < data_.regions.size; ++i) {
      const RegionRow& row = data_.regions[i];
      if (!row.kind->has_file) continue;
      const std::string name = data_.String(row.name);
      const auto [it, is_new] =
          by_name.try_emplace({row.kind, name}, run_.regions.size());
      if (is_new) {
        RegionProfile region;
        region.result.name = name;
        region.result.kind = row.kind;
        region.result.hooked = row.hooked;
        run_.regions.push_back(std::move(region));
      }
      number_of_row_[i] = it->second;
      AddResult(row, &run_.regions[it->second].result);
    }
  }

  static void AddResult(const RegionRow& row, RegionSummary* result) {
    result->complete = result->complete && row.reported;
    result->iterations += row.iterations;
    result->repetitions += row.repetitions;
    result->threads = row.threads;
    if (row.cpu_seconds < 0) return;
    result->cpu_seconds = std::max(result->cpu_seconds, 0.0) + row.cpu_seconds;
    result->real_seconds =
        std::max(result->real_seconds, 0.0) + row.real_seconds;
  }

  bool IsMeasured(const SampleRow& row) const {
    const RunRow& run = data_.runs[row.run];
    if (!row.phase.is_measured()) return false;
    return run.repetition >= 0 || !data_.regions[run.region].reported;
  }

  // Reduces a row to what counts in the profile of its region: what the
  // measured phases of its measured runs cost, and values such as memory in
  // use, which count in all phases. Returns false if nothing is left.
  bool CutToRegion(SampleRow* row) const {
    const RunRow& run = data_.runs[row->run];
    if (!run.has_region || !data_.regions[run.region].kind->has_file) {
      return false;
    }
    if (IsMeasured(*row)) return true;
    row->samples = 0;
    bool counts = false;
    for (size_t i = 0; i < raw_.num_value_types; ++i) {
      if (i < raw_.num_measured_values) row->values[i] = 0;
      counts = counts || row->values[i] != 0;
    }
    return counts;
  }

  void AddRegionSamples() {
    std::vector<LabelSets> sets(run_.regions.size());
    std::vector<Values> totals(run_.regions.size());
    const size_t main_value = MainValue();
    const ArrayView<SampleRow> rows =
        raw_.region_samples.size > 0 ? raw_.region_samples : raw_.samples;
    for (SampleRow row : UnsampledRows(raw_, rows)) {
      if (!CutToRegion(&row)) continue;
      const size_t i = number_of_row_[data_.runs[row.run].region];
      RegionProfile& region = run_.regions[i];
      if (!region.result.hooked) continue;
      region.profile.samples.push_back(SampleOf(
          row, sets[i].NumberOf(row, [&] { return labels_.InRegion(row); })));
      region.result.samples += row.samples;
      runs_.Add(row);
      for (size_t k = 0; k < kMaxSampleValues; ++k) {
        totals[i][k] += row.values[k];
      }
      if (raw_.measures_cpu && row.thread == kHelperThread) {
        region.result.helper_cpu_seconds += Seconds(row.values[main_value]);
      }
    }
    for (size_t i = 0; i < sets.size(); ++i) {
      RegionProfile& region = run_.regions[i];
      region.profile.label_sets = sets[i].Take();
      if (raw_.measures_cpu && region.result.hooked) {
        region.result.profiled_cpu_seconds = Seconds(totals[i][main_value]);
      }
      if (raw_.has_values_per_operation) {
        AddPerOperation(totals[i], &region.result);
      }
    }
  }

  void AddRuns() {
    start_.resize(run_.regions.size());
    for (size_t i = 0; i < data_.runs.size; ++i) {
      const RunRow& row = data_.runs[i];
      if (!row.has_region || !data_.regions[row.region].kind->has_file) {
        continue;
      }
      const size_t number = number_of_row_[row.region];
      std::vector<RunSummary>& runs = run_.regions[number].result.runs;
      const bool is_measured = runs_.IsMeasured(i);
      // That of its first measured run. If none is known, of its first run.
      if (start_[number] == 0 || (is_measured && runs.empty())) {
        start_[number] = row.start_nanos;
      }
      if (is_measured) runs.push_back(runs_[i]);
    }
  }

  // Those of a benchmark without a result are not known.
  void AddPerOperation(const Values& totals, RegionSummary* result) const {
    if (result->iterations == 0 || !result->hooked) return;
    for (size_t i = 0; i < raw_.num_value_types; ++i) {
      result->per_operation.emplace_back(
          raw_.value_types[i].type + std::string("/op"),
          static_cast<double>(totals[i]) /
              static_cast<double>(result->iterations));
    }
  }

  size_t MainValue() const {
    for (size_t i = 0; i < raw_.num_value_types; ++i) {
      if (std::strcmp(raw_.value_types[i].type, raw_.default_value_type) == 0) {
        return i;
      }
    }
    return 0;
  }

  // Of one that is not complete, what had begun went on until the end.
  int64_t DurationOf(const RegionSummary& result, int64_t start) const {
    if (result.real_seconds >= 0) {
      return static_cast<int64_t>(result.real_seconds * kNanosPerSecond);
    }
    const int64_t end = data_.start_time_nanos + data_.duration_nanos;
    return result.complete ? 0 : std::max(end - start, int64_t{0});
  }

  // Everything in the profile except for its samples and their labels.
  void Describe(RegionProfile* region) const {
    const RegionSummary& result = region->result;
    Profile profile = EmptyProfile(data_, raw_, resolved_);
    profile.default_value_type = raw_.default_region_value_type;
    const int64_t start =
        start_[static_cast<size_t>(region - run_.regions.data())];
    if (start != 0) profile.time_nanos = start;
    profile.duration_nanos = DurationOf(result, profile.time_nanos);
    profile.comments.push_back(
        result.kind->label + (": " + result.name) + ", " +
        std::to_string(result.iterations) + " iterations, " +
        std::to_string(result.repetitions) + " repetitions, " +
        std::to_string(result.threads) + " threads");
    if (!result.complete) {
      profile.comments.emplace_back(
          "incomplete: the run ended before its result");
    }
    AddComments(result.samples, &profile.comments);
    profile.label_sets = std::move(region->profile.label_sets);
    profile.samples = std::move(region->profile.samples);
    region->profile = std::move(profile);
  }

  void AddComments(int64_t samples, std::vector<std::string>* comments) const {
    comments->insert(comments->end(), data_.comments.begin(),
                     data_.comments.end());
    comments->emplace_back(raw_.collection);
    AddNoteOnValues(raw_, comments);
    comments->push_back("lost samples: " + std::to_string(raw_.lost));
    comments->insert(comments->end(), resolved_.problems.begin(),
                     resolved_.problems.end());
    if (data_.interrupted) {
      comments->emplace_back("incomplete: a signal or _exit ended the run");
    }
    if (samples == 0) {
      comments->emplace_back(
          "no samples: it ran too short, or nothing of it is in this file");
    }
  }

  const RawProfile& data_;
  const ProfileData& raw_;
  const ResolvedCode& resolved_;
  RowLabels labels_;
  std::vector<size_t> number_of_row_;  // by index of RawProfile::regions
  std::vector<int64_t> start_;  // by index of RunProfiles::regions; 0: unknown
  RunSummaries runs_;
  RunProfiles run_;
};

}  // namespace

RunProfiles ResolveRun(const RawProfile& data, const ProfileData& raw,
                       const ResolvedCode& resolved) {
  return RunResolver(data, raw, resolved).Resolve();
}

}  // namespace bench_profiler
