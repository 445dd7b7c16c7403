#include "bench_profiler/platform/thread_state.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace bench_profiler {
namespace {

// Returns the size of what was read, which is followed by a NUL; 0 if nothing.
size_t ReadTaskFile(pid_t tid, const char* file, char* text, size_t size) {
  char path[64];
  std::snprintf(path, sizeof(path), "/proc/self/task/%d/%s", tid, file);
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  const ssize_t got = fd < 0 ? 0 : read(fd, text, size - 1);
  if (fd >= 0) close(fd);
  const size_t end = got < 0 ? 0 : static_cast<size_t>(got);
  text[end] = '\0';
  return end;
}

// In each thread's storage at the same place.
thread_local char landmark = 0;

// The C library tells the kernel of each thread where its list of robust
// mutexes begins, which is at a fixed distance from the thread pointer. Returns
// that from `landmark`; 0: unknown. A system call the first time only.
intptr_t ListDistance() {
  static std::atomic<intptr_t> distance{0};
  intptr_t known = distance.load(std::memory_order_relaxed);
  uintptr_t list = 0;
  size_t size = 0;
  if (known == 0 && syscall(SYS_get_robust_list, 0, &list, &size) == 0 &&
      list != 0) {
    known =
        static_cast<intptr_t>(list - reinterpret_cast<uintptr_t>(&landmark));
    distance.store(known, std::memory_order_relaxed);
  }
  return known;
}

}  // namespace

ThreadState ParseThreadState(const char* line) {
  constexpr char kRunning[] = "running";
  ThreadState state;
  if (std::strncmp(line, kRunning, sizeof(kRunning) - 1) == 0) {
    state.kind = ThreadState::Kind::kRunning;
    return state;
  }
  char* at = nullptr;
  state.system_call = std::strtol(line, &at, 10);
  if (at == line) return {};
  // Six arguments, unless it is in no system call; then two addresses.
  constexpr int kMaxNumbers = 8;
  uintptr_t numbers[kMaxNumbers];
  int count = 0;
  for (; count < kMaxNumbers; ++count) {
    const char* const start = at;
    numbers[count] = std::strtoull(start, &at, 16);
    if (at == start) break;
  }
  if (count != (state.system_call < 0 ? 2 : kMaxNumbers)) return {};
  state.kind = ThreadState::Kind::kWaiting;
  state.stack_pointer = numbers[count - 2];
  state.pc = numbers[count - 1];
  return state;
}

ThreadState ReadThreadState(pid_t tid) {
  char line[256];
  ReadTaskFile(tid, "syscall", line, sizeof(line));
  return ParseThreadState(line);
}

void ReadThreadName(pid_t tid, char (&name)[kThreadNameSize]) {
  char line[kThreadNameSize + 1];
  const size_t size = ReadTaskFile(tid, "comm", line, sizeof(line));
  if (size > 0 && line[size - 1] == '\n') line[size - 1] = '\0';
  std::snprintf(name, sizeof(name), "%.*s", int{kThreadNameSize} - 1, line);
}

size_t CopyMemory(uintptr_t from, void* to, size_t size) {
  const iovec local = {to, size};
  const iovec remote = {reinterpret_cast<void*>(from), size};
  const ssize_t got = process_vm_readv(getpid(), &local, 1, &remote, 1, 0);
  return got < 0 ? 0 : static_cast<size_t>(got);
}

bool ReadFromThread(pid_t tid, const void* mine, void* to, size_t size) {
  const intptr_t distance = ListDistance();
  uintptr_t list = 0;
  size_t list_size = 0;
  if (distance == 0 ||
      syscall(SYS_get_robust_list, tid, &list, &list_size) != 0 || list == 0) {
    return false;
  }
  const uintptr_t address = reinterpret_cast<uintptr_t>(mine) -
                            reinterpret_cast<uintptr_t>(&landmark) + list -
                            static_cast<uintptr_t>(distance);
  return CopyMemory(address, to, size) == size;
}

}  // namespace bench_profiler
