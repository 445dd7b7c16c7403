#include "bench_profiler/pprof/table_profile.h"

#include <time.h>

#include "bench_profiler/pprof/no_cancellation.h"
#include "bench_profiler/pprof/own_code.h"
#include "bench_profiler/pprof/table_switch.h"
#include "bench_profiler/pprof/write_profile.h"
#include "bench_profiler/record/table_difference.h"
#include "bench_profiler/sampling/sampling.h"

namespace bench_profiler {
namespace {

Error NoMemory() { return Error::Format("no memory left"); }

}  // namespace

TableMomentPointer TableProfile::Now() const {
  const NoCancellation no_cancellation;
  TableMomentPointer moment = NewInPages<TableMoment>();
  if (moment == nullptr) return nullptr;
  HideOwnCode();
  // Nobody sets the rate of a table without a flag: it has none, and is on from
  // the start of the program or from the first look.
  const Kind& kind = Kinds()[kind_];
  if (kind.flag[0] == '\0' && !kind.is_instant && Rate(kind_) == 0) {
    SetTableRate(kind_, kind.default_rate);
  }
  if (TakeSnapshot(kind_, &moment->samples)) moment->why_empty = WhyOff(kind_);
  timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  moment->time_nanos = time.tv_sec * int64_t{1000000000} + time.tv_nsec;
  return moment;
}

int64_t TableProfile::CountNow() {
  const TableMomentPointer now = Now();
  if (now == nullptr) return 0;
  return static_cast<int64_t>(now->samples.Samples(kind_).size);
}

Error TableProfile::Write(const pprof::internal::PlainSink& sink, int debug) {
  const TableMomentPointer now = Now();
  if (now == nullptr) return NoMemory();
  return now->why_empty ? now->why_empty : WriteMoment(*now, sink, debug);
}

void TableProfile::FillIn(const TableMoment& moment, RawProfile* data,
                          ProfileData* profile) const {
  moment.samples.FillIn(data);
  moment.samples.FillIn(kind_, profile);
  data->start_time_nanos = moment.time_nanos;
  profile->default_value_type = lookup_.default_value_type;
  if (moment.why_empty) profile->collection = moment.why_empty.message();
  if (Kinds()[kind_].is_instant) {
    // Readers know each of its names by a value type of the same name.
    profile->name = lookup_.name;
    profile->value_types[0].type = profile->period_type.type =
        lookup_.default_value_type;
  }
}

Error TableProfile::WriteMoment(const TableMoment& moment,
                                const pprof::internal::PlainSink& sink,
                                int debug) const {
  RawProfile data;
  ProfileData profile;
  FillIn(moment, &data, &profile);
  return WriteProfile(&data, profile, debug, sink);
}

Error TableProfile::WriteChange(const TableMoment& before,
                                const TableMoment& now, Subtracted subtracted,
                                const pprof::internal::PlainSink& sink) const {
  RawProfile data;
  ProfileData profile;
  RawProfile data_before;
  FillIn(before, &data_before, &profile);
  FillIn(now, &data, &profile);
  // Values that only grow are those that are measured in regions, too.
  const size_t num_values = subtracted == Subtracted::kAllValues
                                ? kMaxSampleValues
                                : profile.num_measured_values;
  TableDifference difference;
  if (!difference.Add(data, now.samples.Samples(kind_)) ||
      !difference.Subtract(data_before, before.samples.Samples(kind_),
                           num_values) ||
      !difference.FillIn(&data, &profile)) {
    return NoMemory();
  }
  data.duration_nanos = now.time_nanos - before.time_nanos;
  return WriteProfile(&data, profile, /*debug=*/0, sink);
}

}  // namespace bench_profiler
