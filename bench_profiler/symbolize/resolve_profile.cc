#include "bench_profiler/symbolize/resolve_profile.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <string>

#include "bench_profiler/symbolize/row_labels.h"

namespace bench_profiler {

UnsampledRows::UnsampledRows(const ProfileData& raw, ArrayView<SampleRow> rows)
    : view_(rows) {
  if (raw.unsample == nullptr) return;
  copy_.assign(rows.begin(), rows.end());
  raw.unsample(copy_.data(), copy_.size());
  view_ = {copy_.data(), copy_.size()};
}

Sample SampleOf(const SampleRow& row, uint32_t labels) {
  Sample sample;
  sample.frame = row.stack;
  sample.labels = labels;
  sample.size = row.size;
  std::copy(std::begin(row.values), std::end(row.values),
            sample.values.begin());
  return sample;
}

Profile EmptyProfile(const RawProfile& data, const ProfileData& raw,
                     const ResolvedCode& resolved) {
  Profile profile;
  profile.name = raw.name;
  profile.text_form = raw.text_form;
  for (size_t i = 0; i < raw.num_value_types; ++i) {
    profile.value_types.push_back(
        {raw.value_types[i].type, raw.value_types[i].unit});
  }
  profile.default_value_type = raw.default_value_type;
  profile.period_type = {raw.period_type.type, raw.period_type.unit};
  profile.period = raw.period;
  profile.time_nanos = data.start_time_nanos;
  profile.duration_nanos = data.duration_nanos;
  profile.code = resolved.code;
  return profile;
}

// One timer signal stands for all periods since the one before. Readers of
// other profilers' files may multiply: at 1000 samples asked and 250 got a
// second, they would tell a quarter of the time.
void AddNoteOnValues(const ProfileData& raw,
                     std::vector<std::string>* comments) {
  if (std::strcmp(raw.value_types[0].type, "samples") != 0) return;
  comments->push_back(std::string("a sample may stand for several periods: "
                                  "add up its values (") +
                      raw.value_types[1].type +
                      "), do not multiply samples by the period");
}

Profile ResolveProfile(const RawProfile& data, const ProfileData& raw,
                       const ResolvedCode& resolved) {
  Profile profile = EmptyProfile(data, raw, resolved);
  const RowLabels labels(data, *resolved.code);
  LabelSets sets;
  for (const SampleRow& row : UnsampledRows(raw, raw.samples)) {
    SampleRow key;  // of the row's labels alone
    key.labels = row.labels;
    key.note = row.note;
    profile.samples.push_back(SampleOf(
        row, sets.NumberOf(key, [&] { return labels.OfProgram(row); })));
  }
  profile.label_sets = sets.Take();
  profile.comments.assign(data.comments.begin(), data.comments.end());
  if (raw.collection[0] != '\0') profile.comments.emplace_back(raw.collection);
  AddNoteOnValues(raw, &profile.comments);
  if (raw.lost > 0) {
    profile.comments.push_back("lost samples: " + std::to_string(raw.lost));
  }
  profile.comments.insert(profile.comments.end(), resolved.problems.begin(),
                          resolved.problems.end());
  return profile;
}

}  // namespace bench_profiler
