// Threads that wait in different ways, below functions whose names are known.
//
//   WaitingThread thread(Wait::kPoll);
//   ... thread.tid() ...              // it waits now
//   thread.Release();                 // and has not seen EINTR
#ifndef BENCH_PROFILER_TESTS_STACK_WAITING_THREAD_H_
#define BENCH_PROFILER_TESTS_STACK_WAITING_THREAD_H_

#include <semaphore.h>
#include <sys/types.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

namespace bench_profiler {

enum class Wait {
  kCondition,
  kSemaphore,
  kRead,
  kEpoll,
  kPoll,
  kSelect,
  kSleep,
};
inline constexpr Wait kAllWaits[] = {
    Wait::kCondition, Wait::kSemaphore, Wait::kRead, Wait::kEpoll,
    Wait::kPoll,      Wait::kSelect,    Wait::kSleep};

// What the thread and its starter share.
struct Gate {
  Wait wait;
  int pipe[2];
  sem_t semaphore;
  std::mutex mutex;
  std::condition_variable condition;
  bool is_open = false;  // protected by the mutex
  std::atomic<pid_t> tid{0};
  std::atomic<int> result{0};
};

// Waits until the gate opens. Returns 1 if all went well. Built twice: once
// with frame pointers, once without.
int WaitWithoutFramePointers(Gate* gate, int depth);
int WaitWithFramePointers(Gate* gate, int depth);

class WaitingThread {
 public:
  explicit WaitingThread(Wait wait, int (*function)(Gate*, int), int depth = 0);
  ~WaitingThread() { Release(); }
  WaitingThread(const WaitingThread&) = delete;
  WaitingThread& operator=(const WaitingThread&) = delete;

  pid_t tid() const { return gate_.tid.load(); }

  // Returns whether the wait ended well.
  bool Release();

 private:
  Gate gate_;
  std::thread thread_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_STACK_WAITING_THREAD_H_
