// One profile as the program that asked for it sees it.
//
//   Profile profile = ResolveProfile(data, data.profiles[0], resolved);
#ifndef BENCH_PROFILER_SYMBOLIZE_RESOLVE_PROFILE_H_
#define BENCH_PROFILER_SYMBOLIZE_RESOLVE_PROFILE_H_

#include <string>
#include <vector>

#include "bench_profiler/profile/profile.h"
#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/symbolize/resolve_code.h"

namespace bench_profiler {

// It has the program's labels and SampleRow::size. What the rows say of regions
// is ignored.
Profile ResolveProfile(const RawProfile& data, const ProfileData& raw,
                       const ResolvedCode& resolved);

// A profile without samples, labels and comments.
Profile EmptyProfile(const RawProfile& data, const ProfileData& raw,
                     const ResolvedCode& resolved);

// Says so if samples do not stand for one period each.
void AddNoteOnValues(const ProfileData& raw,
                     std::vector<std::string>* comments);

// The rows with their values as estimates of all there was.
class UnsampledRows {
 public:
  UnsampledRows(const ProfileData& raw, ArrayView<SampleRow> rows);

  const SampleRow* begin() const { return view_.begin(); }
  const SampleRow* end() const { return view_.end(); }

 private:
  std::vector<SampleRow> copy_;  // only if values change
  ArrayView<SampleRow> view_;
};

Sample SampleOf(const SampleRow& row, uint32_t labels);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_RESOLVE_PROFILE_H_
