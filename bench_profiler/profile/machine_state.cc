#include "bench_profiler/profile/machine_state.h"

#include <sys/personality.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace bench_profiler {
namespace {

double Load(const std::string& root) {
  std::istringstream words(FirstLineOf(root + "/proc/loadavg"));
  double load = -1;
  return words >> load ? load : -1;
}

// Intel's driver says it the other way round than all others.
bool HasTurbo(const std::string& root) {
  const std::string cpu = root + "/sys/devices/system/cpu/";
  return FirstLineOf(cpu + "intel_pstate/no_turbo") == "0" ||
         FirstLineOf(cpu + "cpufreq/boost") == "1";
}

// Children have the personality of this process: that of `setarch -R`, for one.
bool HasRandomLayout(const std::string& root) {
  constexpr unsigned long kOnlyAsk = 0xffffffff;
  const int own = personality(kOnlyAsk);
  if (own >= 0 && (own & ADDR_NO_RANDOMIZE) != 0) return false;
  const std::string mode =
      FirstLineOf(root + "/proc/sys/kernel/randomize_va_space");
  return !mode.empty() && mode != "0";
}

}  // namespace

std::string FirstLineOf(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

MachineState ReadMachineState(const std::string& root) {
  MachineState state;
  state.load = Load(root);
  state.processors = sysconf(_SC_NPROCESSORS_ONLN);
  state.governor = FirstLineOf(
      root + "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
  state.has_turbo = HasTurbo(root);
  state.has_random_layout = HasRandomLayout(root);
  return state;
}

}  // namespace bench_profiler
