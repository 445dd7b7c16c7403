// Runs a program to its end, out of sight: its output goes to a file.
//
//   Interrupts interrupts;
//   ChildRun run = RunChild({"/bin/make", "-j2"}, "output.txt", &interrupts,
//                           [&](bool is_ending) { progress.Update(); });
//   if (run.exit_code != 0) ...
//
// It is in a session of its own, without a terminal: it can neither read from
// that, nor change it, nor be stopped for trying. An interrupt of the tool ends
// it, with all that it has started in its process group.
#ifndef BENCH_PROFILER_COMMAND_CHILD_RUN_H_
#define BENCH_PROFILER_COMMAND_CHILD_RUN_H_

#include <functional>
#include <string>
#include <vector>

#include "bench_profiler/command/interrupts.h"

namespace bench_profiler {

struct ChildRun {
  int exit_code = -1;  // negative: ended by a signal, or never started
  int signal = 0;      // that ended it
  double seconds = 0;
  bool was_interrupted = false;
  std::string error;  // why it was not started
};

// Calls `waiting` at once and then several times a second; `is_ending`: since
// an interrupt, the program is being ended. After a second interrupt the tool
// itself ends by that signal.
ChildRun RunChild(const std::vector<std::string>& command,
                  const std::string& output, Interrupts* interrupts,
                  const std::function<void(bool is_ending)>& waiting);

// "exit code 3", "signal 11 (Segmentation fault)".
std::string HowItEnded(const ChildRun& run);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_CHILD_RUN_H_
