#include "tests/stack/waiting_thread.h"

#include <sys/syscall.h>
#include <unistd.h>

namespace bench_profiler {

WaitingThread::WaitingThread(Wait wait, int (*function)(Gate*, int),
                             int depth) {
  gate_.wait = wait;
  sem_init(&gate_.semaphore, 0, 0);
  if (pipe(gate_.pipe) != 0) return;
  thread_ = std::thread([this, function, depth] {
    gate_.tid.store(static_cast<pid_t>(syscall(SYS_gettid)));
    gate_.result.store(function(&gate_, depth));
  });
  while (gate_.tid.load() == 0) std::this_thread::yield();
}

bool WaitingThread::Release() {
  if (!thread_.joinable()) return gate_.result.load() == 1;
  {
    const std::lock_guard<std::mutex> lock(gate_.mutex);
    gate_.is_open = true;
  }
  gate_.condition.notify_all();
  sem_post(&gate_.semaphore);
  const bool written = write(gate_.pipe[1], "x", 1) == 1;
  thread_.join();
  close(gate_.pipe[0]);
  close(gate_.pipe[1]);
  return written && gate_.result.load() == 1;
}

}  // namespace bench_profiler
