// The stacks of pthread_create, counted.
#include <errno.h>
#include <ucontext.h>

#include <atomic>
#include <new>

#include "bench_profiler/collectors/collector.h"
#include "bench_profiler/collectors/table/sums_table.h"
#include "bench_profiler/collectors/table/thread_stack.h"
#include "bench_profiler/interpose/allocation_thread.h"
#include "bench_profiler/platform/never_destroyed.h"
#include "bench_profiler/platform/thread_events.h"
#include "bench_profiler/region.h"
#include "bench_profiler/stack/arch/arch.h"

namespace bench_profiler {
namespace {

class ThreadcreateCollector : public Collector, public ThreadObserver {
 public:
  Error Start(const CollectorOptions&, Error*) override {
    if (!table_.Start()) return Error::Format("no memory left");
    ExtendSmallStacks();
    AddThreadObserver(this);
    return Error();
  }
  void Stop() override { RemoveThreadObserver(this); }
  void Drain(SampleSink* sink) override { table_.Drain(sink); }
  void Snapshot(RowSink* sink) override { table_.Snapshot(sink); }

  // Another thread may have been changing the table: a new one takes its place,
  // and the parent's stays where it is.
  void ForgetInChild() override {
    RemoveThreadObserver(this);
    new (&table_) SumsTable;
    lost_.store(0);
  }

  const char* Description() const override {
    return "threadcreate: each call of pthread_create since the profile began";
  }
  int64_t Period() const override { return 1; }
  uint64_t Lost() const override { return lost_.load(); }

  // Runs in the program's threads, perhaps in a child that was forked in the
  // middle of anything: no malloc, no lock.
  void OnThreadCreate() override;
  void OnThreadStart(const NewThread&) override {}
  void OnThreadExit() override {}

 private:
  SumsTable table_;
  std::atomic<uint64_t> lost_{0};
};

// Not inlined, so that its frame, which the walk begins with, is there.
__attribute__((noinline)) void ThreadcreateCollector::OnThreadCreate() {
  const int saved_errno = errno;
  ucontext_t context;
  CaptureContext(&context);
  uintptr_t addresses[kMaxFrames];
  const StackTrace trace =
      WalkThreadStack(AllocationThread::Current(), context, addresses);
  SumsRow* row =
      table_.Row(addresses, trace.depth, trace.truncated, CurrentActivity());
  if (row == nullptr) {
    lost_.fetch_add(1);
  } else {
    row->Add(1, 0);
  }
  errno = saved_errno;
}

}  // namespace

Collector* TheThreadcreateCollector() {
  static NeverDestroyed<ThreadcreateCollector> collector;
  return &*collector;
}

}  // namespace bench_profiler
