#include "bench_profiler/symbolize/row_labels.h"

#include <string>
#include <utility>

namespace bench_profiler {
namespace {

const char* PhaseOf(const RawProfile& data, const SampleRow& row) {
  const RunRow& run = data.runs[row.run];
  if (row.phase == Phase()) return "other";
  // A run that has ended and was not measured was a trial. If the region was
  // never reported, nobody knows.
  if (run.has_region && run.repetition < 0 &&
      data.regions[run.region].reported) {
    return data.regions[run.region].kind->trial_phase;
  }
  return row.phase.index() < data.phases.size ? data.phases[row.phase.index()]
                                              : "other";
}

}  // namespace

std::vector<Label> RowLabels::InWholeRun(const SampleRow& row) {
  std::vector<Label> labels;
  AddRegion(row, &labels);
  AddPhase(row, &labels);
  AddRun(row, &labels);
  if (RegionOf(row) == nullptr) {
    for (Label& label : stack_labels_.Of(row.stack)) {
      labels.push_back(std::move(label));
    }
  }
  AddThread(row, &labels);
  AddProgram(row, &labels);
  return labels;
}

std::vector<Label> RowLabels::InRegion(const SampleRow& row) const {
  std::vector<Label> labels;
  if (RegionOf(row)->kind->has_several_measured_phases) AddPhase(row, &labels);
  AddRun(row, &labels);
  AddThread(row, &labels);
  AddProgram(row, &labels);
  return labels;
}

std::vector<Label> RowLabels::OfProgram(const SampleRow& row) const {
  std::vector<Label> labels;
  AddThread(row, &labels);
  AddProgram(row, &labels);
  return labels;
}

const RegionRow* RowLabels::RegionOf(const SampleRow& row) const {
  const RunRow& run = data_.runs[row.run];
  return run.has_region ? &data_.regions[run.region] : nullptr;
}

void RowLabels::AddRegion(const SampleRow& row,
                          std::vector<Label>* labels) const {
  const RegionRow* region = RegionOf(row);
  if (region == nullptr) return;
  const RegionKind& kind = *region->kind;
  if (kind.label[0] != '\0') {
    labels->push_back({kind.label, data_.String(region->name), 0, ""});
  }
  if (region->group != 0) {
    labels->push_back({kind.group_label, data_.String(region->group), 0, ""});
  }
}

void RowLabels::AddPhase(const SampleRow& row,
                         std::vector<Label>* labels) const {
  labels->push_back({"phase", PhaseOf(data_, row), 0, ""});
}

// As numbers: pprof's graph would draw a box for each text. Counted from 1,
// since a number of 0 stands for none.
void RowLabels::AddRun(const SampleRow& row, std::vector<Label>* labels) const {
  const RegionRow* region = RegionOf(row);
  const int repetition = data_.runs[row.run].repetition;
  if (region != nullptr && repetition >= 0) {
    labels->push_back(
        {region->kind->run_label, "", int64_t{repetition} + 1, ""});
  }
  if (row.thread != kHelperThread) {
    labels->push_back({kThreadLabel, "", int64_t{row.thread} + 1, ""});
  }
}

void RowLabels::AddThread(const SampleRow& row,
                          std::vector<Label>* labels) const {
  if (row.note >= data_.thread_notes.size) return;
  const ThreadNote& note = data_.thread_notes[row.note];
  if (note.name[0] != '\0') labels->push_back({kThreadLabel, note.name, 0, ""});
  if (note.tid != 0) {
    labels->push_back({kTidLabel, std::to_string(note.tid), 0, ""});
  }
  if (note.state[0] != '\0')
    labels->push_back({kStateLabel, note.state, 0, ""});
}

void RowLabels::AddProgram(const SampleRow& row,
                           std::vector<Label>* labels) const {
  if (row.labels >= data_.label_sets.size) return;
  for (const UserLabel& label : data_.label_sets[row.labels]) {
    labels->push_back({label.key, label.value, 0, ""});
  }
}

uint32_t LabelSets::NumberOf(const std::vector<Label>& labels) {
  const auto [it, is_new] =
      numbers_.try_emplace(labels, static_cast<uint32_t>(sets_.size()));
  if (is_new) sets_.push_back(labels);
  return it->second;
}

}  // namespace bench_profiler
