// The row of the profile of all threads, which Go calls goroutine.
#include "bench_profiler/collectors/kind.h"

namespace bench_profiler {

Kind ThreadsKind() {
  Kind kind;
  kind.name = "threads";
  kind.is_table = true;
  kind.is_instant = true;
  kind.lookup_names[0] = {
      "goroutine", "goroutine",
      "Stacks of all threads at this moment, as Go's tools expect them"};
  kind.lookup_names[1] = {"threads", "threads",
                          "Stacks of all threads at this moment"};
  kind.value_types[0] = {"threads", "count"};
  kind.num_value_types = 1;
  kind.default_value_type = "threads";
  kind.default_region_value_type = "threads";
  kind.period_type = {"threads", "count"};
  kind.text_form = TextForm::kThreads;
  return kind;
}

}  // namespace bench_profiler
