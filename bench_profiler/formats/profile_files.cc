#include "bench_profiler/formats/profile_files.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "bench_profiler/formats/output_file.h"
#include "bench_profiler/formats/stack_labels.h"

namespace bench_profiler {
namespace {

constexpr int64_t kNanosPerSecond = 1000000000;

// The rows, with estimates of what was not sampled.
std::vector<SampleRow> Unsampled(const ProfileData& profile,
                                 ArrayView<SampleRow> samples) {
  std::vector<SampleRow> rows(samples.begin(), samples.end());
  if (profile.unsample != nullptr) profile.unsample(rows.data(), rows.size());
  return rows;
}

std::string BaseName(const std::string& path) {
  return path.substr(path.find_last_of('/') + 1);
}

}  // namespace

ProfileFiles::ProfileFiles(const RawProfile& data, const ProfileData& profile,
                           const Symbols& symbols)
    : data_(data), profile_(profile), symbols_(symbols) {
  index_.kind = profile.name;
  index_.profile = BaseName(profile.path);
  index_.rate = profile.rate;
  index_.period = profile.period;
}

size_t ProfileFiles::MainValue() const {
  for (size_t i = 0; i < profile_.num_value_types; ++i) {
    if (std::strcmp(profile_.value_types[i].type,
                    profile_.default_value_type) == 0) {
      return i;
    }
  }
  return 0;
}

std::string ProfileFiles::PhaseOf(const SampleRow& row) const {
  const RunRow& run = data_.runs[row.run];
  if (row.phase == Phase()) return "other";
  // A run that is over and was not measured was a trial; of an unreported
  // region nobody knows.
  if (run.has_region && run.repetition < 0 &&
      data_.regions[run.region].reported) {
    return data_.regions[run.region].kind->trial_phase;
  }
  return row.phase.index() < data_.phases.size ? data_.phases[row.phase.index()]
                                               : "other";
}

void ProfileFiles::AddRegion(const RegionRow& row,
                             std::vector<Label>* labels) const {
  if (*row.kind->label != '\0') {
    labels->push_back({row.kind->label, data_.String(row.name), 0, ""});
  }
  if (row.group != 0) {
    labels->push_back({row.kind->group_label, data_.String(row.group), 0, ""});
  }
}

// As text, even the numbers: pprof takes a numeric label of 0 for none.
std::vector<Label> ProfileFiles::LabelsOf(const SampleRow& row,
                                          bool with_region) const {
  const RunRow& run = data_.runs[row.run];
  const RegionRow* region =
      run.has_region ? &data_.regions[run.region] : nullptr;
  std::vector<Label> labels;
  if (with_region && region != nullptr) AddRegion(*region, &labels);
  if (with_region ||
      (region != nullptr && region->kind->has_several_measured_phases)) {
    labels.push_back({"phase", PhaseOf(row), 0, ""});
  }
  if (region != nullptr && run.repetition >= 0) {
    labels.push_back(
        {region->kind->run_label, std::to_string(run.repetition), 0, ""});
  }
  if (row.thread != kHelperThread) {
    labels.push_back({"thread", std::to_string(row.thread), 0, ""});
  }
  if (row.size > 0) {
    labels.push_back({"bytes", "", static_cast<int64_t>(row.size), "bytes"});
  }
  return labels;
}

void ProfileFiles::AddComments(PprofBuilder* builder, int64_t samples) const {
  for (const char* comment : data_.comments) builder->AddComment(comment);
  builder->AddComment(profile_.collection);
  builder->AddComment("lost samples: " + std::to_string(profile_.lost));
  for (const std::string& problem : symbols_.Problems()) {
    builder->AddComment(problem);
  }
  if (data_.interrupted) {
    builder->AddComment("incomplete: a signal or _exit ended the run");
  }
  if (samples == 0) {
    builder->AddComment(
        "no samples: it ran too short, or nothing of it is in this file");
  }
}

std::string ProfileFiles::WriteWholeRun() {
  PprofBuilder builder(data_, profile_, symbols_);
  StackLabels stack_labels(data_, symbols_);
  for (const SampleRow& row : Unsampled(profile_, profile_.samples)) {
    std::vector<Label> labels = LabelsOf(row, /*with_subject=*/true);
    if (!data_.runs[row.run].has_region) {
      for (Label& label : stack_labels.Of(row.stack)) {
        labels.push_back(std::move(label));
      }
    }
    builder.AddSample(row, labels);
    samples_ += row.samples;
  }
  builder.SetDuration(data_.duration_nanos);
  total_ = builder.totals()[MainValue()];
  AddComments(&builder, samples_);
  const std::string error = WriteWholeFile(
      profile_.path, builder.Finish(profile_.default_value_type));
  return error.empty() ? "" : profile_.path + (": " + error);
}

bool ProfileFiles::IsMeasured(const SampleRow& row) const {
  const RunRow& run = data_.runs[row.run];
  if (!row.phase.is_measured()) return false;
  return run.repetition >= 0 || !data_.regions[run.region].reported;
}

// Turns a row of the whole run into one of its region's file: what the measured
// phases of its measured runs cost, and what the region, in whatever phase,
// allocated and kept. Returns false if that is nothing.
bool ProfileFiles::ForRegion(SampleRow* row) const {
  if (!data_.runs[row->run].has_region) return false;
  if (IsMeasured(*row)) return true;
  row->samples = 0;
  bool counts = false;
  for (size_t i = 0; i < profile_.num_value_types; ++i) {
    if (i < profile_.num_measured_values) row->values[i] = 0;
    counts = counts || row->values[i] != 0;
  }
  return counts;
}

std::vector<ProfileFiles::Subject> ProfileFiles::Subjects() const {
  std::vector<Subject> subjects;
  std::map<std::pair<const RegionKind*, std::string>, size_t> by_name;
  std::vector<size_t> of_row(data_.regions.size);
  for (uint32_t row = 0; row < data_.regions.size; ++row) {
    const RegionKind* kind = data_.regions[row].kind;
    if (!kind->has_file) continue;
    const std::string name = data_.String(data_.regions[row].name);
    const auto inserted =
        by_name.emplace(std::make_pair(kind, name), subjects.size());
    if (inserted.second) subjects.push_back({name, kind, {}, {}});
    of_row[row] = inserted.first->second;
    subjects[of_row[row]].rows.push_back(row);
  }
  const ArrayView<SampleRow> samples = profile_.region_samples.size > 0
                                           ? profile_.region_samples
                                           : profile_.samples;
  for (SampleRow row : Unsampled(profile_, samples)) {
    if (!ForRegion(&row)) continue;
    const uint32_t region = data_.runs[row.run].region;
    if (!data_.regions[region].kind->has_file) continue;
    subjects[of_row[region]].samples.push_back(row);
  }
  return subjects;
}

IndexEntry ProfileFiles::EntryOf(const Subject& subject) const {
  IndexEntry entry;
  entry.name = subject.name;
  entry.kind = subject.kind;
  for (const uint32_t row : subject.rows) {
    const RegionRow& region = data_.regions[row];
    entry.complete = entry.complete && region.reported;
    entry.iterations += region.iterations;
    entry.repetitions += region.repetitions;
    entry.threads = region.threads;
    if (region.cpu_seconds >= 0) {
      entry.cpu_seconds = std::max(entry.cpu_seconds, 0.0) + region.cpu_seconds;
      entry.real_seconds =
          std::max(entry.real_seconds, 0.0) + region.real_seconds;
    }
  }
  return entry;
}

std::string ProfileFiles::WriteRegion(const std::string& folder,
                                      const Subject& subject,
                                      FileNames* names) {
  IndexEntry entry = EntryOf(subject);
  const bool hooked = data_.regions[subject.rows[0]].hooked;
  std::string error;
  if (hooked) {
    PprofBuilder builder(data_, profile_, symbols_);
    for (const SampleRow& row : subject.samples) {
      builder.AddSample(row, LabelsOf(row, /*with_subject=*/false));
      entry.samples += row.samples;
      if (profile_.measures_cpu && row.thread == kHelperThread) {
        entry.helper_cpu_seconds +=
            static_cast<double>(row.values[MainValue()]) / kNanosPerSecond;
      }
    }
    if (profile_.measures_cpu) {
      entry.profiled_cpu_seconds =
          static_cast<double>(builder.totals()[MainValue()]) / kNanosPerSecond;
    }
    builder.AddComment(entry.kind->label + (": " + entry.name) + ", " +
                       std::to_string(entry.iterations) + " iterations, " +
                       std::to_string(entry.repetitions) + " repetitions, " +
                       std::to_string(entry.threads) + " threads");
    if (!entry.complete) {
      builder.AddComment("incomplete: the run ended before its result");
    }
    AddComments(&builder, entry.samples);
    if (entry.real_seconds >= 0) {
      builder.SetDuration(
          static_cast<int64_t>(entry.real_seconds * kNanosPerSecond));
    }
    entry.file = names->Add(entry.name);
    const std::string path = folder + "/" + entry.file;
    error =
        ReplaceFile(path, builder.Finish(profile_.default_region_value_type));
    if (!error.empty()) error = path + ": " + error;
  }
  index_.benchmarks.push_back(entry);
  return error;
}

std::string ProfileFiles::Write() {
  std::string error = WriteWholeRun();
  if (!error.empty() || IsSpecialFile(profile_.path)) return error;
  const std::string folder = profile_.path + std::string(".d");
  error = MakeFolders(folder);
  if (!error.empty()) return error;
  RemoveIndexedFiles(folder);
  FileNames names;
  for (const Subject& subject : Subjects()) {
    error = WriteRegion(folder, subject, &names);
    if (!error.empty()) break;
  }
  if (error.empty()) {
    error = ReplaceFile(folder + "/index.json", ToJson(index_));
    if (!error.empty()) error = folder + "/index.json: " + error;
  }
  if (!error.empty()) RemoveWritten(folder);
  return error;
}

// Without an index the next run would not know them for its own to remove.
void ProfileFiles::RemoveWritten(const std::string& folder) const {
  for (const IndexEntry& entry : index_.benchmarks) {
    if (!entry.file.empty()) unlink((folder + "/" + entry.file).c_str());
  }
  rmdir(folder.c_str());  // if nothing of others is in it
}

}  // namespace bench_profiler
