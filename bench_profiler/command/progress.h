// Tells on standard error what is being waited for: on a terminal as a line
// that counts seconds and goes away, elsewhere as one line at the start.
//
//   Progress progress("http://localhost:8080/debug/pprof/profile", 30);
//   while (Wait()) progress.Update();
#ifndef BENCH_PROFILER_COMMAND_PROGRESS_H_
#define BENCH_PROFILER_COMMAND_PROGRESS_H_

#include <chrono>
#include <string>

namespace bench_profiler {

class Progress {
 public:
  // `seconds` is how long it will take; 0: nobody knows.
  Progress(const std::string& what, int seconds);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Call this now and then.
  void Update();

  double elapsed_seconds() const;

 private:
  std::string what_;
  int seconds_;
  bool is_terminal_;
  std::chrono::steady_clock::time_point start_;
  int shown_ = -1;  // seconds
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_PROGRESS_H_
