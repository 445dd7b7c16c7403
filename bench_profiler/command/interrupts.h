// Ctrl-C and `kill` while programs run: asked for, instead of ending the tool
// in the middle of something.
//
//   Interrupts interrupts;
//   while (!interrupts.Wait(200)) { ... }   // 5 times a second
//   if (interrupts.signal() == SIGINT) ...
//
// The signals are blocked, so that no handler is needed. What comes after the
// object's life ends the tool as usual. Meanwhile a line that nobody reads (of
// `compare ... 2>&1 | head -3`) does not end it either: SIGPIPE would leave a
// program running.
#ifndef BENCH_PROFILER_COMMAND_INTERRUPTS_H_
#define BENCH_PROFILER_COMMAND_INTERRUPTS_H_

#include <signal.h>

#include <chrono>

namespace bench_profiler {

class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  // Waits for SIGINT, SIGTERM or SIGHUP (whichever this process does not
  // ignore), for the end of a child, or until the time is over. Returns whether
  // one of the three came meanwhile. Two at once are one: timeout(1) sends its
  // signal both to this process and to its group.
  bool Wait(int milliseconds);

  // The last one that Wait returned for; 0: none.
  int signal() const { return signal_; }

  // What programs that are started are to have.
  const sigset_t& mask_before() const { return mask_before_; }

 private:
  sigset_t waited_for_;
  sigset_t mask_before_;
  int signal_ = 0;
  std::chrono::steady_clock::time_point came_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_INTERRUPTS_H_
