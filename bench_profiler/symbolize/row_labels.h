// Makes the labels of samples from their rows.
//
//   RowLabels labels(data, code);
//   std::vector<Label> all = labels.InWholeRun(row);
//
// In the profile of the whole run, with the names that the region's kind has
// for them:
//   benchmark   its full name; or test, and its group, the suite;
//   phase       timed, paused, setup, calibration, other and so on;
//   repetition  1, 2, ... of a measured run; of tests: iteration;
//   thread      1, 2, ... within the region; absent for other threads.
// Samples outside of regions may have more (stack_labels.h). Kinds that tell of
// threads have their name as thread, tid, and state: running, or the system
// call that it waits in. Then come the labels that the program has set.
#ifndef BENCH_PROFILER_SYMBOLIZE_ROW_LABELS_H_
#define BENCH_PROFILER_SYMBOLIZE_ROW_LABELS_H_

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "bench_profiler/profile/profile.h"
#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/symbolize/stack_labels.h"

namespace bench_profiler {

class RowLabels {
 public:
  // Keeps references to both; `code` is that of `data`.
  RowLabels(const RawProfile& data, const Code& code)
      : data_(data), stack_labels_(data, code) {}

  std::vector<Label> InWholeRun(const SampleRow& row);

  // In the profile of the region that the row is of.
  std::vector<Label> InRegion(const SampleRow& row) const;

  // The labels that the program has set.
  std::vector<Label> OfProgram(const SampleRow& row) const;

 private:
  const RegionRow* RegionOf(const SampleRow& row) const;
  void AddRegion(const SampleRow& row, std::vector<Label>* labels) const;
  void AddPhase(const SampleRow& row, std::vector<Label>* labels) const;
  void AddRun(const SampleRow& row, std::vector<Label>* labels) const;
  void AddThread(const SampleRow& row, std::vector<Label>* labels) const;
  void AddProgram(const SampleRow& row, std::vector<Label>* labels) const;

  const RawProfile& data_;
  StackLabels stack_labels_;
};

// Numbers the different sets of labels of a profile.
//
//   LabelSets sets;
//   sample.labels = sets.NumberOf(row, [&] { return labels.InRegion(row); });
//   profile.label_sets = sets.Take();
class LabelSets {
 public:
  // Returns the number of the set that `make` returns. This may only depend on
  // the row's run, thread, phase, labels and note, since `make` is called once
  // for all rows in which these are the same.
  template <class Make>
  uint32_t NumberOf(const SampleRow& row, Make make) {
    const Key key = {row.run, row.thread, row.phase.byte(), row.labels,
                     row.note};
    if (key != latest_key_ || sets_.empty()) {
      const auto [it, is_new] = by_row_.try_emplace(key, 0);
      if (is_new) it->second = NumberOf(make());
      latest_key_ = key;
      latest_ = it->second;
    }
    return latest_;
  }

  uint32_t NumberOf(const std::vector<Label>& labels);

  // The sets by their numbers. Ends the use of this object.
  std::vector<std::vector<Label>> Take() { return std::move(sets_); }

 private:
  using Key = std::tuple<uint32_t, uint16_t, uint8_t, uint32_t, uint32_t>;

  std::vector<std::vector<Label>> sets_;
  std::map<std::vector<Label>, uint32_t> numbers_;
  std::map<Key, uint32_t> by_row_;
  Key latest_key_ = {};
  uint32_t latest_ = 0;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_ROW_LABELS_H_
