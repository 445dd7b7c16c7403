// Asks a thread that is running for its own stack, by a signal.
//
//   StackRequest* request = StackRequest::Ask(tid);      // null: cannot be
//   asked
//   ...                                                  // some microseconds
//   if (request->IsAnswered()) { use(request->answer()); }
//   request->End();
//
// Only for threads that run: a signal makes some system calls return EINTR
// (interpose/interrupted_call.h has the rest).
//
// Requests are never freed, since an answer may come late. They are used again,
// each time with another number, which the signal carries.
#ifndef BENCH_PROFILER_RECORD_STACK_REQUEST_H_
#define BENCH_PROFILER_RECORD_STACK_REQUEST_H_

#include <signal.h>
#include <sys/types.h>
#include <ucontext.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "bench_profiler/record/observed_thread.h"

namespace bench_profiler {

class StackRequest {
 public:
  // Called once before the first request of a process. Returns 0 or an errno.
  static int Prepare();

  // Returns null if the thread cannot be asked: it blocks the signal, has too
  // small a stack for a handler, is gone, or there is no memory left.
  // Thread-safe.
  static StackRequest* Ask(pid_t tid);

  // Sends the signal once more. If another one of the same number was pending,
  // the kernel has dropped the first.
  void AskAgain();

  bool IsAnswered() const { return StateOf(word_.load()) == kAnswered; }

  // Valid from IsAnswered() to End().
  const ObservedThread& answer() const { return answer_; }

  // Ends the use of the request. What it is answered later is ignored.
  void End();

 private:
  enum State : uint64_t { kFree, kAsked, kAnswering, kAnswered, kGivenUp };
  static constexpr int kStateBits = 3;
  static State StateOf(uint64_t word) {
    return static_cast<State>(word & ((1 << kStateBits) - 1));
  }
  static uint64_t WordOf(uint64_t number, State state) {
    return number << kStateBits | state;
  }

  static StackRequest* Take();
  static StackRequest* NewChunk(size_t index);
  static void ForgetInChild();
  static bool OnSignal(const siginfo_t& info, void* context);

  bool Send() const;
  void Answer(const ucontext_t& context);

  // The state, and above it a number that grows with each use.
  std::atomic<uint64_t> word_{0};
  uint32_t index_ = 0;
  pid_t tid_ = 0;
  ObservedThread answer_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RECORD_STACK_REQUEST_H_
