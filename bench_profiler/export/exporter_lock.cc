#include "bench_profiler/export/exporter_lock.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>

namespace bench_profiler {
namespace {

std::atomic<pid_t> holder{0};  // the process that holds the lock; 0: free
std::atomic<pid_t> latest_process{0};

// Sleeps as long as `value` is `expected`. May return earlier.
void Wait(std::atomic<pid_t>* value, pid_t expected) {
  syscall(SYS_futex, value, FUTEX_WAIT_PRIVATE, expected, nullptr, nullptr, 0);
}

void WakeOne(std::atomic<pid_t>* value) {
  syscall(SYS_futex, value, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

}  // namespace

ExporterLock::ExporterLock() {
  const pid_t process = getpid();
  pid_t current = 0;
  while (!holder.compare_exchange_strong(current, process)) {
    // If another process holds the lock, the next round takes it over.
    if (current != process) continue;
    Wait(&holder, current);
    current = 0;
  }
  was_torn_ = current != 0;
  NoteExporterProcess();
}

ExporterLock::~ExporterLock() {
  holder.store(0);
  WakeOne(&holder);
}

void NoteExporterProcess() {
  latest_process.store(getpid(), std::memory_order_relaxed);
}

pid_t ExporterProcess() {
  return latest_process.load(std::memory_order_relaxed);
}

}  // namespace bench_profiler
