// What bench_profiler compare is made of.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "bench_profiler/command/run_order.h"
#include "bench_profiler/command/run_progress.h"
#include "bench_profiler/command/run_warnings.h"
#include "bench_profiler/profile/machine_state.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

TEST(RunOrder, EachBlockIsMirroredAndCoinsFallBothWays) {
  int old_first = 0;
  for (int pair = 0; pair < 400; pair += 2) {
    EXPECT_NE(OldRunsFirst(1, pair), OldRunsFirst(1, pair + 1));
    old_first += OldRunsFirst(1, pair) ? 1 : 0;
  }
  // Of 200; so far off once in a million seeds.
  EXPECT_GT(old_first, 65);
  EXPECT_LT(old_first, 135);
}

TEST(RunOrder, FollowsFromTheSeed) {
  std::string first, same, other;
  for (int pair = 0; pair < 64; ++pair) {
    first += OldRunsFirst(5, pair) ? 'o' : 'n';
    same += OldRunsFirst(5, pair) ? 'o' : 'n';
    other += OldRunsFirst(6, pair) ? 'o' : 'n';
  }
  EXPECT_EQ(first, same);
  EXPECT_NE(first, other);
}

TEST(Durations, AreReadAndWritten) {
  double seconds = 0;
  const struct {
    const char* text;
    double seconds;
  } good[] = {{"90", 90}, {"90s", 90}, {"5m", 300}, {"1.5h", 5400}};
  for (const auto& duration : good) {
    EXPECT_TRUE(ParseDuration(duration.text, &seconds)) << duration.text;
    EXPECT_EQ(seconds, duration.seconds);
  }
  for (const char* bad : {"", "s", "-5", "0", "5d", "5mm", "nan", "inf"}) {
    EXPECT_FALSE(ParseDuration(bad, &seconds)) << bad;
  }
  EXPECT_EQ(DurationText(0.4), "0 s");
  EXPECT_EQ(DurationText(59.6), "1 min");
  EXPECT_EQ(DurationText(130), "2 min 10 s");
  EXPECT_EQ(DurationText(3900), "1 h 5 min");
}

class Machine {
 public:
  Machine() { Write("/proc/loadavg", "0.01 0.02 0.03 1/100 1234"); }

  void Write(const std::string& path, const std::string& line) const {
    const std::filesystem::path file = folder_.path() + path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << line << "\n";
  }

  std::vector<std::string> Warnings(int runs) const {
    return RunWarnings(ReadMachineState(folder_.path()), runs);
  }

 private:
  TemporaryFolder folder_;
};

TEST(RunWarnings, SayWhatDisturbs) {
  const Machine machine;
  EXPECT_TRUE(machine.Warnings(5).empty());
  const std::string cpu = "/sys/devices/system/cpu/";
  const struct {
    std::string path;
    const char* quiet;
    const char* line;
    const char* warning;
  } settings[] = {
      {"/proc/loadavg", "0.01 0.02 0.03 1/100 1234",
       "9999.5 0.02 0.03 1/100 1234", "busy: load average 9999.5"},
      {cpu + "cpu0/cpufreq/scaling_governor", "performance", "powersave",
       "governor is powersave"},
      {cpu + "intel_pstate/no_turbo", "1", "0", "turbo"},
      {cpu + "cpufreq/boost", "0", "1", "turbo"},
  };
  for (const auto& setting : settings) {
    machine.Write(setting.path, setting.quiet);
    EXPECT_TRUE(machine.Warnings(5).empty()) << setting.path;
    machine.Write(setting.path, setting.line);
    const std::vector<std::string> warnings = machine.Warnings(5);
    ASSERT_EQ(warnings.size(), 1u) << setting.path;
    EXPECT_NE(warnings[0].find(setting.warning), std::string::npos)
        << warnings[0];
    machine.Write(setting.path, setting.quiet);
  }
  EXPECT_NE(machine.Warnings(4).at(0).find("few runs"), std::string::npos);
}

TEST(RunWarnings, LayoutOfMemory) {
  MachineState machine;
  machine.has_random_layout = true;
  EXPECT_NE(RunWarnings(machine, 5).at(0).find("ASLR"), std::string::npos);
}

}  // namespace
}  // namespace bench_profiler
