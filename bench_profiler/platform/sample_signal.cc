#include "bench_profiler/platform/sample_signal.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace bench_profiler {
namespace {

sigset_t SampleSignalOnly() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, kSampleSignal);
  return set;
}

}  // namespace

bool BlocksSampleSignal(pid_t tid) {
  char text[4096];
  std::snprintf(text, sizeof(text), "/proc/self/task/%d/status", tid);
  const int fd = open(text, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  const ssize_t size = read(fd, text, sizeof(text) - 1);
  close(fd);
  text[size < 0 ? 0 : size] = '\0';
  const char* line = std::strstr(text, "\nSigBlk:");
  if (line == nullptr) return false;
  const uint64_t blocked =
      std::strtoull(line + sizeof("\nSigBlk:") - 1, nullptr, 16);
  return (blocked >> (kSampleSignal - 1) & 1) != 0;
}

SampleSignalBlock::SampleSignalBlock() {
  const sigset_t set = SampleSignalOnly();
  sigset_t before;
  pthread_sigmask(SIG_BLOCK, &set, &before);
  was_blocked_ = sigismember(&before, kSampleSignal) == 1;
}

SampleSignalBlock::~SampleSignalBlock() {
  const sigset_t set = SampleSignalOnly();
  if (!was_blocked_) pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace bench_profiler
