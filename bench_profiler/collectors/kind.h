// A profile kind is one row of a table: its flags and its values.
//
//   for (const Kind& kind : Kinds()) std::puts(kind.name);
//
// Flags, help, files and comments follow from the row. A new kind is one new
// folder in collectors/ with such a row, and one line in collectors/kinds.def.
// The rows are plain data: what collects is CollectorOf() of collector.h.
#ifndef BENCH_PROFILER_COLLECTORS_KIND_H_
#define BENCH_PROFILER_COLLECTORS_KIND_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

// A further flag of a kind with a fixed set of values.
struct ChoiceFlag {
  const char* flag = nullptr;  // null: the kind has none
  const char* help = "";
  const char* values[4] = {};  // the first is the default
};

// A name by which programs look a table up (pprof.h), and the value type that
// pprof shows first for it.
struct LookupName {
  const char* name = nullptr;  // null: none
  const char* default_value_type = "";
  const char* description = "";  // for people who choose among all
};

struct Kind : ProfileType {
  const char* flag = "";       // "cpuprofile"; "": for Lookup only
  const char* help = "";       // what --cpuprofile=FILE writes
  const char* rate_flag = "";  // "cpuprofilerate"
  const char* rate_unit = "";  // placeholder in the help, "HZ"
  const char* rate_help = "";
  const char* rate_meaning = "";  // "samples per CPU second and thread"
  int64_t default_rate = 0;
  int64_t min_rate = 1;
  int64_t max_rate = 0;
  ChoiceFlag choice;
  bool is_table = false;    // adds up by itself (collector.h)
  bool is_instant = false;  // is what there is at this moment (collector.h)
  bool is_traced = false;   // a trace listens to it, too
  // Its rate is how often the loops of benchmarks run.
  bool sets_iterations = false;
  LookupName lookup_names[2];
};

// How many kinds there may be.
constexpr size_t kMaxKinds = 8;

// All kinds, in the order of their flags in the help. Never fails.
ArrayView<Kind> Kinds();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_KIND_H_
