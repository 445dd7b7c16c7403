// The row of the profile of what created threads.
#include "bench_profiler/collectors/kind.h"

namespace bench_profiler {

Kind ThreadcreateKind() {
  Kind kind;
  kind.name = "threadcreate";
  kind.is_table = true;
  kind.default_rate = kind.max_rate = 1;
  kind.lookup_names[0] = {"threadcreate", "threadcreate",
                          "Stacks that created threads"};
  kind.value_types[0] = {"threadcreate", "count"};
  kind.num_value_types = 1;
  kind.default_value_type = "threadcreate";
  kind.default_region_value_type = "threadcreate";
  kind.period_type = {"threadcreate", "count"};
  return kind;
}

}  // namespace bench_profiler
