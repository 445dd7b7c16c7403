// What came since the same was asked for last: cumulative profiles for tools
// that want none of what they have already, as godeltaprof serves them.
#include <memory>

#include "bench_profiler/collectors/kind.h"
#include "bench_profiler/http/handlers.h"
#include "bench_profiler/http/limits.h"
#include "bench_profiler/platform/process_lock.h"
#include "bench_profiler/pprof/table_profile.h"

namespace bench_profiler {
namespace {

using Moment = std::shared_ptr<const TableMoment>;

// It is held while a snapshot is taken, so that two requests at the same time
// get one after the other what there was.
ProcessLock lock;
// Of each kind, the moment of the last request. Plain pointers, since a child
// that was forked in the middle must find the one or the other, and since
// threads may still run after statics were destroyed.
const Moment* last[kMaxKinds];

struct Interval {
  Moment before;
  Moment now;  // null: no memory is left
};

Interval SinceLast(const TableProfile& table) {
  Interval interval;
  const Moment* before = nullptr;
  {
    const ProcessLock::Guard guard(&lock);
    interval.now = table.Now();
    if (interval.now == nullptr) return interval;
    before = last[table.kind()];
    last[table.kind()] = new Moment(interval.now);
  }
  if (before == nullptr) return interval;
  // A forked child begins anew, with what was so at the start of the program.
  if ((*before)->process == interval.now->process) interval.before = *before;
  delete before;
  return interval;
}

}  // namespace

void ServeSinceLast(const Request& request, Response* response) {
  const TableProfile* table =
      static_cast<RegisteredProfile*>(pprof::Lookup(request.profile.c_str()))
          ->AsTable();
  response->SetFile("delta_" + request.profile);
  if (request.is_head) return;
  const Interval interval = SinceLast(*table);
  if (interval.now == nullptr) return response->Fail(500, kNotCollected);
  const auto sink = SinkOf(&response->body);
  const Error error = interval.before == nullptr
                          ? table->WriteMoment(*interval.now, sink, /*debug=*/0)
                          : table->WriteChange(*interval.before, *interval.now,
                                               Subtracted::kSums, sink);
  if (error) response->Fail(500, error.message());
}

}  // namespace bench_profiler
