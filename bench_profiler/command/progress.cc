#include "bench_profiler/command/progress.h"

#include <unistd.h>

#include <cstdio>

namespace bench_profiler {

Progress::Progress(const std::string& what, int seconds)
    : what_(what),
      seconds_(seconds),
      is_terminal_(isatty(STDERR_FILENO) == 1),
      start_(std::chrono::steady_clock::now()) {
  if (!is_terminal_ && seconds_ > 0) {
    std::fprintf(stderr, "bench_profiler: waiting %d s for %s\n", seconds_,
                 what_.c_str());
  }
  Update();
}

Progress::~Progress() {
  // Back to the first column, and clear the line.
  if (shown_ >= 0) std::fputs("\r\x1b[K", stderr);
}

void Progress::Update() {
  const int elapsed = static_cast<int>(elapsed_seconds());
  if (!is_terminal_ || elapsed == shown_) return;
  shown_ = elapsed;
  if (seconds_ > 0) {
    std::fprintf(stderr, "\r\x1b[K%d s of %d s, %s", elapsed, seconds_,
                 what_.c_str());
  } else {
    std::fprintf(stderr, "\r\x1b[K%d s, %s", elapsed, what_.c_str());
  }
  std::fflush(stderr);
}

double Progress::elapsed_seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() -
                                       start_)
      .count();
}

}  // namespace bench_profiler
