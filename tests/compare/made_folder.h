// Folders of profiles as a run leaves them, made in a line.
//
//   MadeRun run;
//   run.benchmarks = {{"BM_Sort", {1e-3}, {{{"Sort", "main"}, 80}}}};
//   WriteMadeRun(folder / "old/01/cpu.prof.d", run);
#ifndef BENCH_PROFILER_TESTS_COMPARE_MADE_FOLDER_H_
#define BENCH_PROFILER_TESTS_COMPARE_MADE_FOLDER_H_

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "bench_profiler/formats/benchmark_index.h"
#include "bench_profiler/formats/file_names.h"
#include "bench_profiler/formats/output_file.h"
#include "bench_profiler/formats/parsed_pprof_writer.h"
#include "tests/formats/parsed_profiles.h"

namespace bench_profiler {

struct MadeBenchmark {
  std::string name;
  std::vector<double> seconds;  // per operation, one for each repetition
  std::vector<MadeSample> samples;
  int64_t allocs = -1;  // per operation
  int64_t bytes = -1;
  int64_t iterations = 100;  // of a repetition
  bool has_file = true;
};

struct MadeRun {
  std::string kind = "cpu";
  // The number of the process; 0: nobody knows when it ran.
  int64_t start = 0;
  std::vector<MadeBenchmark> benchmarks;
  bool benchmem = true;
  int64_t rate = 1000;
  RunContext context;
};

// With two value types of the kind: what `samples` say, and 100 times as much.
inline ParsedProfile MadeProfile(const std::string& kind,
                                 const std::vector<MadeSample>& samples) {
  ParsedProfile profile = MakeParsed(samples);
  profile.value_types = {{"samples", "count"}, {"cpu", "nanoseconds"}};
  if (kind == "heap") {
    profile.value_types = {{"alloc_objects", "count"},
                           {"alloc_space", "bytes"}};
  } else if (kind == "instructions") {
    profile.value_types = {{"instructions", "count"}, {"other", "count"}};
  } else if (kind == "block" || kind == "mutex") {
    profile.value_types = {{"contentions", "count"}, {"delay", "nanoseconds"}};
  }
  for (ParsedSample& sample : profile.samples) {
    sample.values = {sample.values[0], 100 * sample.values[0]};
  }
  return profile;
}

inline void WriteBytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// Writes `path`, a folder FILE.d.
inline void WriteMadeRun(const std::string& path, const MadeRun& run) {
  MakeFolders(path);
  BenchmarkIndex index;
  const std::string name = path.substr(path.rfind('/') + 1);
  index.kind = run.kind;
  index.profile = name.substr(0, name.size() - 2);
  index.rate = run.rate;
  index.benchmem = run.benchmem;
  index.context = run.context;
  FileNames names;
  for (const MadeBenchmark& made : run.benchmarks) {
    IndexEntry entry;
    entry.name = made.name;
    entry.label = "benchmark";
    entry.repetitions = static_cast<int>(made.seconds.size());
    entry.samples = static_cast<int64_t>(made.samples.size());
    for (const double seconds : made.seconds) {
      RunSummary one;
      one.start_nanos = run.start;
      one.iterations = made.iterations;
      one.cpu_seconds = seconds * static_cast<double>(made.iterations);
      one.real_seconds = 2 * one.cpu_seconds;
      one.allocs = made.allocs < 0 ? -1 : made.allocs * made.iterations;
      one.bytes = made.bytes < 0 ? -1 : made.bytes * made.iterations;
      entry.iterations += one.iterations;
      entry.runs.push_back(one);
    }
    if (made.has_file) {
      entry.file = names.Add(made.name);
      WriteBytes(path + "/" + entry.file,
                 WritePprof(MadeProfile(run.kind, made.samples)));
    }
    index.benchmarks.push_back(entry);
  }
  WriteBytes(path + "/index.json", ToJson(index));
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_COMPARE_MADE_FOLDER_H_
