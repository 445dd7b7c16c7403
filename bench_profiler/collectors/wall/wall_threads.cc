#include "bench_profiler/collectors/wall/wall_threads.h"

#include <algorithm>
#include <new>

#include "bench_profiler/platform/own_threads.h"
#include "bench_profiler/platform/thread_clock.h"
#include "bench_profiler/platform/thread_events.h"
#include "bench_profiler/record/system_call_names.h"

namespace bench_profiler {
namespace {

constexpr const char* kRunning = "running";

// A thread that was asked longer ago is looked at from outside, since it may
// have begun to wait, and after kPatience it is asked anew.
constexpr int64_t kLookAgainNanos = 20 * 1000 * 1000;
constexpr int64_t kPatienceNanos = 100 * 1000 * 1000;

// A sample begins with how many looks it stands for, and its state.
constexpr size_t kHead = 2;
constexpr size_t kMaxDepth = SampleBuffer::kMaxDepth - kHead;

uint64_t KeyOf(pid_t tid) { return static_cast<uint64_t>(tid); }

}  // namespace

void WallThreads::LookAtAll(int64_t nanos) {
  ++look_;
  nanos_ = nanos;
  ForEachThread(
      [](pid_t tid, void* threads) {
        static_cast<WallThreads*>(threads)->Visit(tid);
      },
      this);
  RemoveEnded();
}

void WallThreads::Visit(pid_t tid) {
  if (IsOwnThread(tid)) return;
  Thread* thread = FindOrAdd(tid);
  if (thread == nullptr) {
    ++lost_;
    return;
  }
  thread->look = look_;
  if (thread->request == nullptr || TakeAnswer(thread)) return Look(thread);
  thread->spent.nanos += nanos_;
  ++thread->spent.looks;
  thread->asked_nanos += nanos_;
  if (thread->asked_nanos < kLookAgainNanos) return;
  if (ObserveThread(tid, &copy_, &thread->seen) == Observation::kSeen) {
    thread->request->End();
    thread->request = nullptr;
    thread->cpu_nanos = thread->seen.cpu_nanos;
    thread->spent.activity = ActivityNow(thread->seen.own_activity);
  } else if (thread->asked_nanos >= kPatienceNanos) {
    GiveUp(thread);
  } else {
    thread->request->AskAgain();
  }
}

// Of a thread that has no open request.
void WallThreads::Look(Thread* thread) {
  const int64_t cpu_nanos = ThreadCpuNanos(thread->tid);
  if (thread->cpu_nanos >= 0 && cpu_nanos == thread->cpu_nanos) {
    return Spend(thread, thread->seen.own_activity);
  }
  FlushThread(thread);
  thread->cpu_nanos = -1;
  switch (ObserveThread(thread->tid, &copy_, &thread->seen)) {
    case Observation::kSeen:
      thread->cpu_nanos = thread->seen.cpu_nanos;
      return Spend(thread, thread->seen.own_activity);
    case Observation::kGone:
      return;
    case Observation::kRunning:
      thread->request = StackRequest::Ask(thread->tid);
      thread->asked_nanos = 0;
      break;
    case Observation::kUnknown:
      break;
  }
  Spend(thread, ActivityOfThread(thread->tid));
  if (thread->request == nullptr) WriteWithoutAnswer(thread);
}

// Threads that take part in what others do change their activity even while
// they wait.
void WallThreads::Spend(Thread* thread, uint64_t own_activity) {
  const uint64_t activity = ActivityNow(own_activity);
  if (activity != thread->spent.activity) FlushThread(thread);
  thread->spent.activity = activity;
  thread->spent.nanos += nanos_;
  ++thread->spent.looks;
}

// Returns whether the thread has answered.
bool WallThreads::TakeAnswer(Thread* thread) {
  if (!thread->request->IsAnswered()) return false;
  const ObservedThread& answer = thread->request->answer();
  thread->spent.activity = ActivityNow(answer.own_activity);
  Write(thread->spent, answer.labels, kRunning,
        {answer.addresses, answer.trace.depth, answer.trace.truncated});
  thread->spent = {};
  thread->request->End();
  thread->request = nullptr;
  return true;
}

bool WallThreads::TakeAnswers() {
  bool has_open = false;
  for (Thread* thread : all_) {
    if (thread->request != nullptr && !TakeAnswer(thread)) has_open = true;
  }
  return has_open;
}

void WallThreads::GiveUp(Thread* thread) {
  thread->request->End();
  thread->request = nullptr;
  WriteWithoutAnswer(thread);
}

void WallThreads::WriteWithoutAnswer(Thread* thread) {
  const uintptr_t no_answer = kNoAnswerAddress;
  Write(thread->spent, 0, kRunning, {&no_answer, 1, false});
  thread->spent = {};
}

void WallThreads::FlushThread(Thread* thread) {
  if (thread->request != nullptr || thread->spent.looks == 0) return;
  const ObservedThread& seen = thread->seen;
  Write(thread->spent, seen.labels, SystemCallName(seen.system_call),
        {seen.addresses, seen.trace.depth, seen.trace.truncated});
  thread->spent = {};
}

void WallThreads::Flush(bool is_last) {
  for (Thread* thread : all_) {
    FlushThread(thread);
    if (!is_last) continue;
    if (thread->request != nullptr) GiveUp(thread);
    thread->look = 0;
  }
  if (is_last) RemoveEnded();
}

void WallThreads::Write(const Spent& spent, uint32_t labels, const char* state,
                        const StackView& stack) {
  RawSample* sample = samples_.Reserve();
  if (sample == nullptr) return;
  const size_t depth = std::min(stack.depth, kMaxDepth);
  sample->activity = spent.activity;
  sample->value = spent.nanos;
  sample->labels = labels;
  sample->depth = static_cast<uint16_t>(kHead + depth);
  sample->truncated = stack.truncated || depth < stack.depth;
  uintptr_t* out = sample->addresses();
  *out++ = static_cast<uintptr_t>(spent.looks);
  *out++ = reinterpret_cast<uintptr_t>(state);
  std::copy_n(stack.addresses, depth, out);
  samples_.Commit(sample);
}

void WallThreads::Drain(SampleSink* sink) {
  samples_.Drain([sink](const RawSample& sample) {
    const uintptr_t* head = sample.addresses();
    SampleRow row;
    row.labels = sample.labels;
    row.samples = row.values[0] = static_cast<int64_t>(head[0]);
    row.values[1] = sample.value;
    ThreadNote note;
    note.state = reinterpret_cast<const char*>(head[1]);
    sink->AddOfThread(
        {head + kHead, sample.depth - kHead, sample.truncated != 0},
        sample.activity, row, note);
  });
}

WallThreads::Thread* WallThreads::FindOrAdd(pid_t tid) {
  const auto key_of = [](const Thread* thread) { return KeyOf(thread->tid); };
  if (!by_tid_.MakeRoom(all_.size() + 1, key_of)) return nullptr;
  Thread** slot = by_tid_.Find(
      KeyOf(tid), [tid](const Thread* thread) { return thread->tid == tid; });
  if (*slot != nullptr) return *slot;
  void* memory = free_;
  if (free_ != nullptr) free_ = free_->next_free;
  if (memory == nullptr) memory = arena_.Allocate(sizeof(Thread));
  if (memory == nullptr) return nullptr;
  auto* thread = new (memory) Thread;
  thread->tid = tid;
  if (!all_.Append(thread)) {
    thread->next_free = free_;
    free_ = thread;
    return nullptr;
  }
  return *slot = thread;
}

void WallThreads::RemoveEnded() {
  for (size_t i = all_.size(); i-- > 0;) {
    Thread* thread = all_[i];
    if (thread->look == look_ && look_ != 0) continue;
    if (thread->request != nullptr && !TakeAnswer(thread)) GiveUp(thread);
    FlushThread(thread);
    Thread** slot =
        by_tid_.Find(KeyOf(thread->tid),
                     [thread](const Thread* other) { return other == thread; });
    by_tid_.Free(slot, [](const Thread* other) { return KeyOf(other->tid); });
    all_[i] = all_[all_.size() - 1];
    all_.Resize(all_.size() - 1);
    thread->next_free = free_;
    free_ = thread;
  }
}

}  // namespace bench_profiler
