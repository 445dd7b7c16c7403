// The row of the CPU profile.
#include "bench_profiler/collectors/kind.h"

namespace bench_profiler {

Kind CpuKind() {
  Kind kind;
  kind.name = "cpu";
  kind.flag = "cpuprofile";
  kind.help = "write a CPU profile of the run, and one of each benchmark";
  kind.rate_flag = "cpuprofilerate";
  kind.rate_unit = "HZ";
  kind.rate_help = "CPU samples asked per CPU second and thread";
  kind.rate_meaning = "samples per CPU second";
  kind.default_rate = 1000;
  kind.max_rate = 10000;
  kind.choice.flag = "cpuprofileclock";
  kind.choice.help =
      "what interrupts: thread CPU timers, bound to the kernel's tick but free "
      "of cost; perf's task-clock, exact at a cost; or instructions, of a "
      "processor that counts them";
  kind.choice.values[0] = "thread";
  kind.choice.values[1] = "task-clock";
  kind.choice.values[2] = "instructions";
  kind.value_types[0] = {"samples", "count"};
  kind.value_types[1] = {"cpu", "nanoseconds"};
  kind.num_value_types = 2;
  kind.default_value_type = "cpu";
  kind.default_region_value_type = "cpu";
  kind.period_type = {"cpu", "nanoseconds"};
  kind.text_form = TextForm::kNone;
  kind.measures_cpu = true;
  kind.is_traced = true;
  return kind;
}

}  // namespace bench_profiler
