// The threads that the wall-clock profile looks at, and what it has seen.
//
//   WallThreads threads;
//   threads.LookAtAll(nanos_since_the_last_time);   // a hundred times a second
//   ...
//   threads.Flush();
//   threads.Drain(sink);
//
// A thread that has not used CPU time since the last look is where it was, so
// that a look at it is one system call. All others that wait are looked at from
// outside. A thread that runs is asked for its stack by a signal; its answer is
// taken at the next look, and stands for the time since it was asked.
//
// Not thread-safe. Uses no malloc.
#ifndef BENCH_PROFILER_COLLECTORS_WALL_WALL_THREADS_H_
#define BENCH_PROFILER_COLLECTORS_WALL_WALL_THREADS_H_

#include <sys/types.h>

#include <cstddef>
#include <cstdint>

#include "bench_profiler/collectors/collector.h"
#include "bench_profiler/platform/hash_slots.h"
#include "bench_profiler/platform/page_arena.h"
#include "bench_profiler/record/observed_thread.h"
#include "bench_profiler/record/sample_buffer.h"
#include "bench_profiler/record/stack_request.h"

namespace bench_profiler {

class WallThreads {
 public:
  // Each thread that there is now spends `nanos` where it is.
  void LookAtAll(int64_t nanos);

  // Takes answers that have come since the last look. Returns whether there are
  // others still to come.
  bool TakeAnswers();

  // Makes samples of what was seen so far, except for answers still to come.
  // With `is_last` not even for them, and nothing is kept.
  void Flush(bool is_last);

  // Hands over the samples, and forgets them.
  void Drain(SampleSink* sink);

  uint64_t Lost() const { return samples_.lost() + lost_; }

 private:
  // Time that a thread has spent in one place.
  struct Spent {
    int64_t nanos = 0;
    int64_t looks = 0;
    uint64_t activity = 0;
  };
  struct Thread {
    pid_t tid = 0;
    uint64_t look = 0;                // the last one that it was there for
    int64_t cpu_nanos = -1;           // when it was seen; -1: it is not known
    StackRequest* request = nullptr;  // that it has not answered yet
    int64_t asked_nanos = 0;          // for how long
    Spent spent;
    ObservedThread seen;
    Thread* next_free = nullptr;
  };

  void Visit(pid_t tid);
  void Look(Thread* thread);
  void Spend(Thread* thread, uint64_t own_activity);
  bool TakeAnswer(Thread* thread);
  void GiveUp(Thread* thread);
  void FlushThread(Thread* thread);
  void Write(const Spent& spent, uint32_t labels, const char* state,
             const StackView& stack);
  void WriteWithoutAnswer(Thread* thread);
  Thread* FindOrAdd(pid_t tid);
  void RemoveEnded();

  PageArena arena_;
  Thread* free_ = nullptr;
  PageHash<Thread*> by_tid_;
  PageArray<Thread*> all_;
  uint64_t look_ = 0;
  int64_t nanos_ = 0;  // of this look
  uint64_t lost_ = 0;
  StackCopyBuffer copy_;
  SampleBuffer samples_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_WALL_WALL_THREADS_H_
