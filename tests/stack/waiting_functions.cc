// WAIT_FUNCTION(gate, depth): waits below `depth` further calls, in a frame
// that has a variable array.
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include <cstring>

#include "tests/stack/waiting_thread.h"

namespace bench_profiler {
namespace {

__attribute__((noinline)) int WaitNow(Gate* gate) {
  const int fd = gate->pipe[0];
  char byte = 0;
  switch (gate->wait) {
    case Wait::kCondition: {
      std::unique_lock<std::mutex> lock(gate->mutex);
      while (!gate->is_open) gate->condition.wait(lock);
      return 1;
    }
    case Wait::kSemaphore:
      return sem_wait(&gate->semaphore) == 0 ? 1 : 0;
    case Wait::kRead:
      return read(fd, &byte, 1) == 1 ? 1 : 0;
    case Wait::kEpoll: {
      const int epoll = epoll_create1(0);
      epoll_event event = {};
      event.events = EPOLLIN;
      epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
      const int result = epoll_wait(epoll, &event, 1, -1);
      close(epoll);
      return result;
    }
    case Wait::kPoll: {
      pollfd poll_fd = {fd, POLLIN, 0};
      return poll(&poll_fd, 1, -1);
    }
    case Wait::kSelect: {
      fd_set set;
      FD_ZERO(&set);
      FD_SET(fd, &set);
      return select(fd + 1, &set, nullptr, nullptr, nullptr);
    }
    case Wait::kSleep: {
      const timespec step = {0, 400 * 1000 * 1000};
      for (;;) {
        if (nanosleep(&step, nullptr) != 0) return 0;
        const std::lock_guard<std::mutex> lock(gate->mutex);
        if (gate->is_open) return 1;
      }
    }
  }
  return 0;
}

// The size is not known to the compiler, so that the frame needs a frame
// pointer.
__attribute__((noinline)) int WaitBelowArray(Gate* gate, size_t size) {
  char* room = static_cast<char*>(__builtin_alloca(size));
  std::memset(room, 0, size);
  asm volatile("" : : "r"(room) : "memory");
  const int result = WaitNow(gate);
  asm volatile("" : : "r"(room) : "memory");
  return result;
}

}  // namespace

__attribute__((noinline)) int WAIT_FUNCTION(Gate* gate, int depth) {
  const int result =
      depth == 0 ? WaitBelowArray(gate, 100) : WAIT_FUNCTION(gate, depth - 1);
  asm volatile("" : : : "memory");
  return result;
}

}  // namespace bench_profiler
