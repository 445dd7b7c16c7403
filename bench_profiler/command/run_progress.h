// Tells on standard error how far a comparison's runs are, and how long the
// rest will take: on a terminal as one line that goes away, elsewhere as a line
// now and then.
//
//   RunProgress progress(20, /*may_end_earlier=*/false);
//   progress.Update(7, "NEW", 130);   // 7 of 20 runs, NEW now, 2 min 10 s left
#ifndef BENCH_PROFILER_COMMAND_RUN_PROGRESS_H_
#define BENCH_PROFILER_COMMAND_RUN_PROGRESS_H_

#include <chrono>
#include <string>

namespace bench_profiler {

// "45 s", "2 min 10 s", "1 h 5 min".
std::string DurationText(double seconds);

// Reads "90", "90s", "5m", "1h". Returns whether it is such.
bool ParseDuration(const std::string& text, double* seconds);

class RunProgress {
 public:
  // `total` is how many runs there will be at most.
  RunProgress(int total, bool may_end_earlier);
  ~RunProgress() { Clear(); }
  RunProgress(const RunProgress&) = delete;
  RunProgress& operator=(const RunProgress&) = delete;

  // `left` is in seconds; negative: nobody knows yet.
  void Update(int done, const std::string& now, double left);

  // Writes a line that stays, and has no control characters.
  void Say(const std::string& line);

  // The line goes away, until the next Update.
  void Clear();

 private:
  using Clock = std::chrono::steady_clock;

  int total_;
  bool may_end_earlier_;
  bool is_terminal_;
  bool is_shown_ = false;
  Clock::time_point told_;  // when the last line was written
  int told_done_ = 0;       // and what it was about
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_RUN_PROGRESS_H_
