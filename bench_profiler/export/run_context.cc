#include "bench_profiler/export/run_context.h"

#include <unistd.h>

#include <climits>
#include <cstdlib>
#include <fstream>
#include <string>

#include "bench_profiler/profile/machine_state.h"
#include "bench_profiler/record/raw_context.h"

namespace bench_profiler {
namespace {

// Returns the value of the first line such as "model name : AMD EPYC", "" if
// there is none. Processors other than x86 have other lines, or none.
std::string CpuInfo(const std::string& key) {
  std::ifstream file("/proc/cpuinfo");
  std::string line;
  while (std::getline(file, line)) {
    const size_t colon = line.find(':');
    if (line.compare(0, key.size(), key) != 0 || colon == std::string::npos) {
      continue;
    }
    const size_t value = line.find_first_not_of(" \t", colon + 1);
    return value == std::string::npos ? "" : line.substr(value);
  }
  return "";
}

std::string HostName() {
  char name[HOST_NAME_MAX + 1] = "";
  return gethostname(name, sizeof(name)) == 0 ? name : "";
}

// The highest frequency, if the kernel scales it; otherwise that of now. In a
// virtual machine there is only the latter.
double Megahertz() {
  const std::string highest =
      FirstLineOf("/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq");
  const double kilohertz = std::strtod(highest.c_str(), nullptr);
  return kilohertz > 0 ? kilohertz / 1000
                       : std::strtod(CpuInfo("cpu MHz").c_str(), nullptr);
}

}  // namespace

RunContext ContextOf(const RawProfile& data) {
  static constexpr RawContext kUnknown;
  const RawContext& raw = data.context == nullptr ? kUnknown : *data.context;
  RunContext context;
  context.command = raw.command;
  context.host = HostName();
  context.cpus = sysconf(_SC_NPROCESSORS_ONLN);
  context.mhz = Megahertz();
  context.cpu_model = CpuInfo("model name");
  if (raw.load[0] >= 0) context.load.assign(raw.load, raw.load + 3);
  context.governor = ReadMachineState().governor;
  context.compiler = raw.compiler;
  context.build_type = raw.build_type;
  context.git = raw.git_revision;
  return context;
}

}  // namespace bench_profiler
