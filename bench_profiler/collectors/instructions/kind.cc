// The row of the profile of instructions.
#include "bench_profiler/collectors/kind.h"

namespace bench_profiler {

Kind InstructionsKind() {
  Kind kind;
  kind.name = "instructions";
  kind.flag = "instructionprofile";
  kind.help =
      "write how many instructions each benchmark takes, exactly; only under "
      "valgrind, where \"bench_profiler count\" runs programs";
  kind.rate_flag = "instructioniterations";
  kind.rate_unit = "N";
  kind.rate_help =
      "iterations that are counted of benchmarks that do not set their own "
      "number";
  kind.rate_meaning = "iterations of each benchmark";
  kind.default_rate = 10;
  kind.max_rate = 1000000;
  kind.value_types[0] = {"instructions", "count"};
  kind.num_value_types = 1;
  kind.default_value_type = "instructions";
  kind.default_region_value_type = "instructions";
  kind.period_type = {"instructions", "count"};
  kind.sets_iterations = true;
  kind.text_form = TextForm::kNone;
  kind.has_values_per_operation = true;
  kind.samples_name = "instructions";
  kind.how_to_get_more = "a larger --instructioniterations counts more";
  return kind;
}

}  // namespace bench_profiler
