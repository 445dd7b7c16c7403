// The row of the wall-clock profile.
#include "bench_profiler/collectors/kind.h"

namespace bench_profiler {

Kind WallKind() {
  Kind kind;
  kind.name = "wall";
  kind.flag = "wallprofile";
  kind.help =
      "write a profile of the time of all threads, running or waiting, of the "
      "run and of each benchmark";
  kind.rate_flag = "wallprofilerate";
  kind.rate_unit = "HZ";
  kind.rate_help =
      "times a second that each thread is looked at, fewer if there are many";
  kind.rate_meaning = "samples per second and thread";
  kind.default_rate = 100;
  kind.max_rate = 1000;
  kind.value_types[0] = {"samples", "count"};
  kind.value_types[1] = {"wall", "nanoseconds"};
  kind.num_value_types = 2;
  kind.default_value_type = "wall";
  kind.default_region_value_type = "wall";
  kind.period_type = {"wall", "nanoseconds"};
  kind.text_form = TextForm::kNone;
  return kind;
}

}  // namespace bench_profiler
