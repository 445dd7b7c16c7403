// The row of the heap profile.
#include "bench_profiler/collectors/kind.h"

#include "bench_profiler/profile/unsample.h"

namespace bench_profiler {

Kind HeapKind() {
  Kind kind;
  kind.name = "heap";
  kind.flag = "memprofile";
  kind.help = "write a heap profile of the run, and one of each benchmark";
  kind.rate_flag = "memprofilerate";
  kind.rate_unit = "BYTES";
  kind.rate_help =
      "mean number of bytes allocated between two heap samples; 1 "
      "samples every allocation";
  kind.rate_meaning = "mean bytes between two samples";
  kind.default_rate = 512 * 1024;
  kind.max_rate = int64_t{1} << 40;
  kind.value_types[0] = {"alloc_objects", "count"};
  kind.value_types[1] = {"alloc_space", "bytes"};
  kind.value_types[2] = {"inuse_objects", "count"};
  kind.value_types[3] = {"inuse_space", "bytes"};
  kind.num_value_types = 4;
  kind.num_measured_values = 2;
  kind.default_value_type = "inuse_space";
  kind.default_region_value_type = "alloc_space";
  kind.period_type = {"space", "bytes"};
  kind.is_table = true;
  kind.is_traced = true;
  kind.lookup_names[0] = {
      "heap", "inuse_space",
      "Memory in use, by where it was allocated, and all that was allocated"};
  kind.lookup_names[1] = {"allocs", "alloc_space",
                          "The same, with all that was allocated shown first"};
  kind.text_form = TextForm::kHeap;
  kind.unsample = UnsampleHeap;
  kind.how_to_get_more = "a smaller --memprofilerate takes more";
  return kind;
}

}  // namespace bench_profiler
