// The rows of the block profile and of the mutex profile.
#include "bench_profiler/collectors/kind.h"

#include "bench_profiler/profile/unsample.h"

namespace bench_profiler {
namespace {

// What both have in common.
Kind ContentionKind() {
  Kind kind;
  kind.default_rate = 1;
  kind.value_types[0] = {"contentions", "count"};
  kind.value_types[1] = {"delay", "nanoseconds"};
  kind.num_value_types = 2;
  kind.default_value_type = "delay";
  kind.default_region_value_type = "delay";
  kind.period_type = {"contentions", "count"};
  kind.is_table = true;
  kind.is_traced = true;
  kind.unsample = UnsampleContentions;
  kind.has_values_per_operation = true;
  return kind;
}

}  // namespace

Kind BlockKind() {
  Kind kind = ContentionKind();
  kind.name = "block";
  kind.flag = "blockprofile";
  kind.help = "write a profile of the time that threads wait for others";
  kind.rate_flag = "blockprofilerate";
  kind.rate_unit = "NS";
  kind.rate_help =
      "keep waits of NS nanoseconds and longer, and of shorter ones a sample; "
      "1 keeps all";
  kind.rate_meaning = "nanoseconds from which on all waits are kept";
  kind.max_rate = int64_t{1} << 40;
  kind.lookup_names[0] = {
      "block", "delay",
      "Time that threads waited for others, by where they waited"};
  kind.text_form = TextForm::kBlock;
  kind.how_to_get_more = "a smaller --blockprofilerate takes more";
  return kind;
}

Kind MutexKind() {
  Kind kind = ContentionKind();
  kind.name = "mutex";
  kind.flag = "mutexprofile";
  kind.help = "write a profile of the code that holds locks others wait for";
  kind.rate_flag = "mutexprofilefraction";
  kind.rate_unit = "N";
  kind.rate_help = "sample one in N of the unlocks that others wait for";
  kind.rate_meaning = "one in so many is sampled";
  kind.max_rate = int64_t{1} << 20;
  kind.lookup_names[0] = {
      "mutex", "delay",
      "Time that threads waited for locks, by who held them: where they were "
      "unlocked"};
  kind.text_form = TextForm::kMutex;
  kind.how_to_get_more = "a smaller --mutexprofilefraction takes more";
  return kind;
}

}  // namespace bench_profiler
