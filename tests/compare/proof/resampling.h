// Comparisons of processes that were recorded once, many times.
//
//   Recording recording;
//   ReadRecording({"blocks/01", "blocks/02"}, &recording, &error);
//   Tally tally = CountFound(recording, "BM_ParseJson", "ParseString",
//   options);
//
// A hundred comparisons of ten new processes a side would take hours. Instead,
// each draws its processes from those that were recorded, without replacement,
// so that the two sides never share one. What it expects is what new processes
// would give: the difference of two such draws varies exactly as that of two
// sets of new ones. But the hundred are not independent, since they draw from
// the same processes: of 100 a side, two draws of 10 share one on average. One
// odd process is in every tenth draw, so that the count varies more between
// recordings than that of a hundred real comparisons would; with 20 a side it
// says little. That is why the real ones, which share nothing, stand beside it.
#ifndef BENCH_PROFILER_TESTS_COMPARE_PROOF_RESAMPLING_H_
#define BENCH_PROFILER_TESTS_COMPARE_PROOF_RESAMPLING_H_

#include <string>
#include <vector>

#include "bench_profiler/compare/function_table.h"
#include "bench_profiler/compare/process.h"

namespace bench_profiler {

// One run of `bench_profiler compare`.
struct Block {
  Side old_side;
  Side new_side;
};

struct Recording {
  FunctionTable functions;
  std::vector<Block> blocks;
};

// Reads folders with old/ and new/ in them.
bool ReadRecording(const std::vector<std::string>& folders,
                   Recording* recording, std::string* error);

// What is expected to be found.
struct Planted {
  std::string benchmark;  // how its name begins
  std::string function;   // without its namespaces: "ParseString"
};

struct Tally {
  int comparisons = 0;
  int reported = 0;        // that say that anything changed
  int benchmark_told = 0;  // of which the time of the benchmark is slower
  int first = 0;           // the planted function is the first, and slower
  int alone = 0;           // and nothing else is
};

struct Draws {
  int count = 100;
  size_t processes = 10;  // a side
  bool is_alone = true;   // each benchmark is compared without the others
};

// The same program on both sides.
Tally CountFalseAlarms(const Recording& recording, const Planted& planted,
                       const Draws& draws);
Tally CountFound(const Recording& recording, const Planted& planted,
                 const Draws& draws);

// Each block as it is, and the processes of OLD of two blocks in turns against
// each other: no process is in two of these.
Tally CountRealFalseAlarms(const Recording& recording, const Planted& planted,
                           bool is_alone);
Tally CountReallyFound(const Recording& recording, const Planted& planted,
                       bool is_alone);

// What all processes of one program say against all of the other: how much
// slower the benchmark and the planted function are, as parts of the benchmark.
struct Measured {
  double benchmark = 0;
  double function = 0;
};
Measured MeasureAll(const Recording& recording, const Planted& planted);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_COMPARE_PROOF_RESAMPLING_H_
