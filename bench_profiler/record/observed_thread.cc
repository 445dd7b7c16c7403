#include "bench_profiler/record/observed_thread.h"

#include "bench_profiler/platform/thread_clock.h"
#include "bench_profiler/platform/thread_labels.h"
#include "bench_profiler/platform/thread_state.h"

namespace bench_profiler {

uint32_t LabelsOfThread(pid_t tid) {
  uint32_t labels = 0;
  ReadFromThread(tid, &thread_labels, &labels, sizeof(labels));
  return labels;
}

Observation ObserveThread(pid_t tid, StackCopyBuffer* copy,
                          ObservedThread* seen) {
  // A thread that wakes up and waits again may need another look.
  constexpr int kMaxTries = 3;
  for (int i = 0; i < kMaxTries; ++i) {
    const int64_t cpu_before = ThreadCpuNanos(tid);
    if (cpu_before < 0) return Observation::kGone;
    const ThreadState state = ReadThreadState(tid);
    if (state.kind == ThreadState::Kind::kUnknown) {
      return ThreadCpuNanos(tid) < 0 ? Observation::kGone
                                     : Observation::kUnknown;
    }
    if (!state.is_waiting()) return Observation::kRunning;
    copy->Fill(state.stack_pointer);
    seen->cpu_nanos = cpu_before;
    seen->system_call = state.system_call;
    seen->own_activity = ActivityOfThread(tid);
    seen->labels = LabelsOfThread(tid);
    seen->trace =
        WalkOtherStack(state.pc, copy->view(), seen->addresses, kMaxFrames);
    // A thread whose CPU time has not changed was not on a CPU, and so neither
    // its stack nor what it waits for has changed.
    if (ThreadCpuNanos(tid) == cpu_before) return Observation::kSeen;
  }
  return Observation::kRunning;
}

}  // namespace bench_profiler
