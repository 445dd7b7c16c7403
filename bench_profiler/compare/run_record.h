// compare.json: what `bench_profiler compare` ran, beside the profiles that
// came of it.
//
//   {
//     "format": 1,
//     "old": "build.old/bench", "new": "build/bench",
//     "arguments": ["--benchmark_filter=BM_Sort"],   of both programs
//     "profiling": ["--cpuprofile=cpu.prof", "--benchmem"],
//     "seed": 8161,               what the order of the runs follows from
//     "alpha": 0.05,              of the comparison at the end
//     "runs": [{                  in the order in which they were started
//       "side": "old", "folder": "old/01", "start_nanos": 1764270000000000000,
//       "seconds": 12.5,          until the process ended
//       "exit_code": 0,           null if a signal ended it
//       "signal": null,           its number
//       "left_out": null          why it is not compared, as one line
//     }]
//   }
#ifndef BENCH_PROFILER_COMPARE_RUN_RECORD_H_
#define BENCH_PROFILER_COMPARE_RUN_RECORD_H_

#include <cstdint>
#include <string>
#include <vector>

namespace bench_profiler {

struct RecordedRun {
  std::string side;    // "old", "new"
  std::string folder;  // below that of the comparison
  int64_t start_nanos = 0;
  double seconds = 0;
  int exit_code = -1;  // negative: ended by a signal, or never started
  int signal = 0;
  std::string left_out;  // "": it is compared
};

struct RunRecord {
  std::string old_program;
  std::string new_program;
  std::vector<std::string> arguments;
  std::vector<std::string> profiling;
  uint64_t seed = 0;
  double alpha = 0.05;
  std::vector<RecordedRun> runs;
};

std::string ToJson(const RunRecord& record);

// The alpha in FOLDER/compare.json; 0.05 if there is no such file, or no sense
// in it: folders of other origin are compared, too.
double AlphaOfFolder(const std::string& folder);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_RUN_RECORD_H_
