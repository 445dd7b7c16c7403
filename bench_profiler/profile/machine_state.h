// What of a machine disturbs measurements, as far as any user may read it.
//
//   const MachineState machine = ReadMachineState();
//   if (machine.governor != "performance") ...
#ifndef BENCH_PROFILER_PROFILE_MACHINE_STATE_H_
#define BENCH_PROFILER_PROFILE_MACHINE_STATE_H_

#include <string>

namespace bench_profiler {

struct MachineState {
  double load = -1;        // average over the last minute; negative: unknown
  long processors = 0;     // that are online
  std::string governor;    // of the frequency: "performance"; "" if unknown
  bool has_turbo = false;  // frequencies depend on the temperature
  bool has_random_layout = false;  // of programs in memory, in each process
};

// The first line of a file, "" if there is none.
std::string FirstLineOf(const std::string& path);

// Tests give a folder with files like those below /proc and /sys.
MachineState ReadMachineState(const std::string& root = "");

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PROFILE_MACHINE_STATE_H_
