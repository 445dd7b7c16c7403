// Code whose frames are left out of profiles: that of the profiler and of the
// integrations.
//
//   HiddenCode hidden;
//   hidden.Hide(range, /*with_callees=*/false);
//   if (hidden.Hides(address)) ...
//
// Never calls malloc. Not thread-safe.
#ifndef BENCH_PROFILER_SAMPLING_HIDDEN_CODE_H_
#define BENCH_PROFILER_SAMPLING_HIDDEN_CODE_H_

#include <cstdint>

#include "bench_profiler/platform/page_array.h"
#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

class HiddenCode {
 public:
  // Leaves out frames with code in this range, and with `with_callees` also
  // what they call. Doing so twice is harmless.
  void Hide(AddressRange range, bool with_callees) {
    PageArray<AddressRange>& ranges = with_callees ? with_callees_ : alone_;
    for (const AddressRange& known : ranges) {
      if (known.start == range.start && known.limit == range.limit) return;
    }
    ranges.Append(range);
  }

  bool Hides(uint64_t address) const { return IsIn(alone_, address); }
  bool HidesCallees(uint64_t address) const {
    return IsIn(with_callees_, address);
  }

  void Swap(HiddenCode* other) {
    alone_.Swap(other->alone_);
    with_callees_.Swap(other->with_callees_);
  }

 private:
  static bool IsIn(const PageArray<AddressRange>& ranges, uint64_t address) {
    for (const AddressRange& range : ranges) {
      if (address >= range.start && address < range.limit) return true;
    }
    return false;
  }

  PageArray<AddressRange> alone_;
  PageArray<AddressRange> with_callees_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SAMPLING_HIDDEN_CODE_H_
