#include "bench_profiler/command/run_progress.h"

#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace bench_profiler {
namespace {

// A log of an hour has a hundred lines at most, and one for each tenth of the
// runs at most.
constexpr auto kQuiet = std::chrono::seconds(30);
constexpr int kLines = 10;

}  // namespace

std::string DurationText(double seconds) {
  const long whole = std::lround(seconds);
  if (whole < 60) return std::to_string(whole) + " s";
  if (whole < 3600) {
    const std::string rest =
        whole % 60 == 0 ? "" : " " + std::to_string(whole % 60) + " s";
    return std::to_string(whole / 60) + " min" + rest;
  }
  return std::to_string(whole / 3600) + " h " +
         std::to_string(whole % 3600 / 60) + " min";
}

bool ParseDuration(const std::string& text, double* seconds) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || !std::isfinite(number) || number <= 0) {
    return false;
  }
  const std::string unit = end;
  const int factor = unit.empty() || unit == "s" ? 1
                     : unit == "m"               ? 60
                     : unit == "h"               ? 3600
                                                 : 0;
  *seconds = number * factor;
  return factor != 0;
}

RunProgress::RunProgress(int total, bool may_end_earlier)
    : total_(total),
      may_end_earlier_(may_end_earlier),
      is_terminal_(isatty(STDERR_FILENO) == 1),
      told_(Clock::now()) {}

void RunProgress::Update(int done, const std::string& now, double left) {
  std::string line = std::to_string(done) + " of " + std::to_string(total_) +
                     " runs, " + now + " now";
  if (left >= 0) {
    line += std::string(", ") + (may_end_earlier_ ? "at most " : "") +
            DurationText(left) + " left";
  }
  if (is_terminal_) {
    std::fprintf(stderr, "\r\x1b[K%s", line.c_str());
    std::fflush(stderr);
    is_shown_ = true;
    return;
  }
  const Clock::time_point time = Clock::now();
  if ((done - told_done_) * kLines < total_ || time - told_ < kQuiet) return;
  told_ = time;
  told_done_ = done;
  std::fprintf(stderr, "bench_profiler compare: %s\n", line.c_str());
}

void RunProgress::Say(const std::string& line) {
  Clear();
  std::fprintf(stderr, "bench_profiler compare: %s\n", line.c_str());
}

void RunProgress::Clear() {
  if (is_shown_) std::fputs("\r\x1b[K", stderr);
  is_shown_ = false;
}

}  // namespace bench_profiler
