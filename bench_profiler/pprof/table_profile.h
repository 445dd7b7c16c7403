// A built-in profile: a table under one of the names that Lookup takes for it.
//
//   const TableMomentPointer before = table->Now();
//   ...
//   const TableMomentPointer now = table->Now();
//   Error error = table->WriteMoment(*now, sink, /*debug=*/0);
//   error = table->WriteChange(*before, *now, kAllValues, sink);
#ifndef BENCH_PROFILER_PPROF_TABLE_PROFILE_H_
#define BENCH_PROFILER_PPROF_TABLE_PROFILE_H_

#include <sys/types.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

#include "bench_profiler/collectors/kind.h"
#include "bench_profiler/error.h"
#include "bench_profiler/pprof/pages.h"
#include "bench_profiler/pprof/profile_registry.h"
#include "bench_profiler/sampling/sample_set.h"
#include "bench_profiler/sink.h"

namespace bench_profiler {

// A table as it was at a moment.
struct TableMoment {
  SampleSet samples{SampleSet::Regions::kLeaveOut};
  Error why_empty;         // the table is off, or cannot be had here
  int64_t time_nanos = 0;  // since the epoch
  pid_t process = getpid();
};
using TableMomentPointer = PagesPointer<TableMoment>;

// What is subtracted: all, so that memory in use becomes by how much more is in
// use, or what only grows, so that it stays what is in use.
enum class Subtracted { kAllValues, kSums };

class TableProfile final : public RegisteredProfile {
 public:
  TableProfile(size_t kind, const LookupName& lookup)
      : RegisteredProfile(lookup.name), kind_(kind), lookup_(lookup) {}

  TableProfile* AsTable() override { return this; }
  const char* description() const override { return lookup_.description; }
  int64_t CountNow() override;
  Error Write(const pprof::internal::PlainSink& sink, int debug) override;

  // Null if no memory is left.
  TableMomentPointer Now() const;

  // Whether or not there is something in it. If not, a comment says why.
  Error WriteMoment(const TableMoment& moment,
                    const pprof::internal::PlainSink& sink, int debug) const;

  // Writes what has changed from `before` to `now`, of the same process.
  Error WriteChange(const TableMoment& before, const TableMoment& now,
                    Subtracted subtracted,
                    const pprof::internal::PlainSink& sink) const;

  size_t kind() const { return kind_; }

 private:
  void FillIn(const TableMoment& moment, RawProfile* data,
              ProfileData* profile) const;

  const size_t kind_;
  const LookupName lookup_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PPROF_TABLE_PROFILE_H_
