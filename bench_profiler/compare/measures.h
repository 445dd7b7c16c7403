// THE table of what is compared: the time of benchmarks, and what their
// profiles count.
//
//   for (const MeasureRow& row : MeasureRows()) {
//     std::cout << row.name << " in " << row.unit << "\n";
//   }
#ifndef BENCH_PROFILER_COMPARE_MEASURES_H_
#define BENCH_PROFILER_COMPARE_MEASURES_H_

#include <string_view>
#include <vector>

namespace bench_profiler {

// In the order in which they are shown; the first that a benchmark has on both
// sides is the one that its verdict is about.
enum class Measure {
  kTime,
  kInstructions,
  kAllocs,
  kBytes,
  kContentions,
  kDelay,
};

struct MeasureRow {
  Measure measure;
  const char* name;   // as in --fail-above=allocs:0: "time", "instructions",
                      // "allocs", "bytes", "contentions", "delay"
  const char* label;  // "allocs/op"
  const char* unit;   // "seconds", "count", "bytes"
  // Where functions come from: the kind of index.json, and the type of value of
  // its profiles.
  const char* kind;        // "cpu", "instructions", "heap", "block"
  const char* value_type;  // "samples", "instructions", "alloc_objects", ...
  // Counted, not sampled and not timed: two equal programs have equal values,
  // and no test is needed to tell two values apart.
  bool is_exact;
};

const std::vector<MeasureRow>& MeasureRows();
const MeasureRow& RowOf(Measure measure);

// Returns nullptr if there is none of this name.
const MeasureRow* FindMeasure(std::string_view name);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_MEASURES_H_
