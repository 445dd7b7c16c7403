// The profile of all threads: where each is at this moment.
#include <pthread.h>
#include <time.h>
#include <ucontext.h>

#include <cstdint>
#include <cstring>

#include "bench_profiler/collectors/collector.h"
#include "bench_profiler/platform/never_destroyed.h"
#include "bench_profiler/platform/own_threads.h"
#include "bench_profiler/platform/page_array.h"
#include "bench_profiler/platform/thread_events.h"
#include "bench_profiler/platform/thread_labels.h"
#include "bench_profiler/platform/thread_state.h"
#include "bench_profiler/record/observed_thread.h"
#include "bench_profiler/record/stack_request.h"
#include "bench_profiler/record/system_call_names.h"
#include "bench_profiler/stack/arch/arch.h"
#include "bench_profiler/stack/stack_bounds.h"

namespace bench_profiler {
namespace {

constexpr const char* kRunning = "running";

// How long a thread that runs has to answer, and how often it is looked at
// meanwhile: it may have begun to wait, or another signal may have been in the
// way of ours.
constexpr int64_t kPatienceNanos = 100 * 1000 * 1000;
constexpr int64_t kLookAgainNanos = 5 * 1000 * 1000;
constexpr int64_t kPollNanos = 50 * 1000;

int64_t MonotonicNanos() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * int64_t{1000000000} + time.tv_nsec;
}

// One look at all threads.
class Look {
 public:
  struct Room {
    StackCopyBuffer copy;
    ObservedThread seen;
  };

  // `room` is to work in: the caller's stack may be small.
  Look(SampleSink* sink, Room* room)
      : sink_(sink), copy_(&room->copy), seen_(room->seen) {}

  void Run() {
    ForEachThread(
        [](pid_t tid, void* look) { static_cast<Look*>(look)->Visit(tid); },
        this);
    WaitForAnswers();
  }

 private:
  struct Asked {
    pid_t tid;
    StackRequest* request;
  };

  void Visit(pid_t tid) {
    if (IsOwnThread(tid)) return;
    if (tid == self_) return AddSelf();
    switch (ObserveThread(tid, copy_, &seen_)) {
      case Observation::kSeen:
        return Add(tid, seen_, SystemCallName(seen_.system_call));
      case Observation::kRunning:
        break;
      case Observation::kGone:
        return;
      case Observation::kUnknown:
        return AddWithoutAnswer(tid, "unknown");
    }
    StackRequest* request = StackRequest::Ask(tid);
    if (request == nullptr || !asked_.Append({tid, request})) {
      if (request != nullptr) request->End();
      AddWithoutAnswer(tid, kRunning);
    }
  }

  // Not inlined, so that its frame, which the walk begins with, is there.
  __attribute__((noinline)) void AddSelf() {
    ucontext_t context;
    std::memset(&context, 0, sizeof(context));
    CaptureContext(&context);
    seen_.own_activity = OwnActivity();
    seen_.labels = CurrentLabels();
    seen_.trace =
        WalkStackByCfi(context, FindStackBounds(StackPointer(context)),
                       seen_.addresses, kMaxFrames);
    Add(self_, seen_, kRunning);
  }

  void WaitForAnswers() {
    const int64_t start = MonotonicNanos();
    int64_t look_again = start + kLookAgainNanos;
    while (asked_.size() > 0) {
      const int64_t now = MonotonicNanos();
      const bool is_time_to_look = now >= look_again;
      if (is_time_to_look) look_again = now + kLookAgainNanos;
      const bool is_over = now - start >= kPatienceNanos;
      for (size_t i = asked_.size(); i-- > 0;) {
        if (!Settle(asked_[i], is_time_to_look, is_over)) continue;
        asked_[i].request->End();
        asked_[i] = asked_[asked_.size() - 1];
        asked_.Resize(asked_.size() - 1);
      }
      const timespec pause = {0, kPollNanos};
      if (asked_.size() > 0) nanosleep(&pause, nullptr);
    }
  }

  // Returns whether no more is to come of the thread.
  bool Settle(const Asked& asked, bool is_time_to_look, bool is_over) {
    if (asked.request->IsAnswered()) {
      Add(asked.tid, asked.request->answer(), kRunning);
      return true;
    }
    if (!is_time_to_look && !is_over) return false;
    const Observation observation = ObserveThread(asked.tid, copy_, &seen_);
    if (observation == Observation::kSeen) {
      Add(asked.tid, seen_, SystemCallName(seen_.system_call));
    } else if (is_over && observation != Observation::kGone) {
      AddWithoutAnswer(asked.tid, kRunning);
    }
    if (observation == Observation::kRunning) asked.request->AskAgain();
    return is_over || observation == Observation::kSeen ||
           observation == Observation::kGone;
  }

  void Add(pid_t tid, const ObservedThread& thread, const char* state) {
    AddStack(tid,
             {thread.addresses, thread.trace.depth, thread.trace.truncated},
             thread.own_activity, thread.labels, state);
  }

  void AddWithoutAnswer(pid_t tid, const char* state) {
    const uintptr_t no_answer = kNoAnswerAddress;
    uint32_t labels = 0;
    ReadFromThread(tid, &thread_labels, &labels, sizeof(labels));
    AddStack(tid, {&no_answer, 1, false}, ActivityOfThread(tid), labels, state);
  }

  void AddStack(pid_t tid, const StackView& stack, uint64_t own_activity,
                uint32_t labels, const char* state) {
    const uint64_t activity = ActivityNow(own_activity);
    SampleRow row;
    row.labels = labels;
    row.samples = row.values[0] = 1;
    ThreadNote note;
    note.tid = tid;
    note.state = state;
    ReadThreadName(tid, note.name);
    sink_->AddOfThread(stack, activity, row, note);
  }

  SampleSink* const sink_;
  const pid_t self_ = CurrentThreadId();
  PageArray<Asked> asked_;
  StackCopyBuffer* const copy_;
  ObservedThread& seen_;
};

class ThreadsCollector : public Collector {
 public:
  Error Start(const CollectorOptions&, Error*) override { return Error(); }
  void Stop() override {}
  void Drain(SampleSink* sink) override {
    // Whoever is not asked is still seen while it waits.
    StackRequest::Prepare();
    Look(sink, &room_).Run();
  }
  const char* Description() const override {
    return "threads: the stack of each at one moment; those that wait are "
           "looked at from outside, those that run are asked by a signal";
  }
  int64_t Period() const override { return 1; }
  uint64_t Lost() const override { return 0; }

 private:
  Look::Room room_;
};

}  // namespace

Collector* TheThreadsCollector() {
  static NeverDestroyed<ThreadsCollector> collector;
  return &*collector;
}

}  // namespace bench_profiler
