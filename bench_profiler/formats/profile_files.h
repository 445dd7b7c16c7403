// Decides which files come of a profile kind and what is in each.
//
//   ProfileFiles files(data, profile, symbols);
//   std::string error = files.Write();
//
// FILE is the whole run, every sample labelled with
//   benchmark   its full name; or test, and the test's suite;
//   phase       timed, paused, setup, calibration or other; of tests: setup,
//               body, teardown, suite-setup, suite-teardown, environment;
//   repetition  0, 1, ... of a measured run; of tests: iteration;
//   thread      the index within the benchmark; absent for other threads.
// What is outside of benchmarks and tests may have more (stack_labels.h).
//
// FILE.d/NAME.prof is one benchmark: the timed loop of its measured runs.
// FILE.d/index.json lists them (benchmark_index.h).
#ifndef BENCH_PROFILER_FORMATS_PROFILE_FILES_H_
#define BENCH_PROFILER_FORMATS_PROFILE_FILES_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "bench_profiler/formats/benchmark_index.h"
#include "bench_profiler/formats/file_names.h"
#include "bench_profiler/formats/pprof_builder.h"
#include "bench_profiler/profile/symbols.h"
#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

class ProfileFiles {
 public:
  // Keeps references to all three; `symbols` has resolved all addresses.
  ProfileFiles(const RawProfile& data, const ProfileData& profile,
               const Symbols& symbols);

  // Writes all files. Returns "" or which one could not be written and why.
  std::string Write();

  // What was written: samples of the whole run, the sum of their main value,
  // and the list of benchmarks.
  int64_t samples() const { return samples_; }
  int64_t total() const { return total_; }
  const std::vector<IndexEntry>& benchmarks() const {
    return index_.benchmarks;
  }

 private:
  // Benchmarks with the same full name are one.
  struct Subject {
    std::string name;
    const RegionKind* kind;
    std::vector<uint32_t> rows;      // of RawProfile::regions
    std::vector<SampleRow> samples;  // what is in its file
  };

  std::vector<Subject> Subjects() const;
  bool IsMeasured(const SampleRow& row) const;
  bool ForRegion(SampleRow* row) const;
  std::string PhaseOf(const SampleRow& row) const;
  void AddRegion(const RegionRow& row, std::vector<Label>* labels) const;
  std::vector<Label> LabelsOf(const SampleRow& row, bool with_region) const;
  void AddComments(PprofBuilder* builder, const int64_t samples) const;
  std::string WriteWholeRun();
  std::string WriteRegion(const std::string& folder, const Subject& subject,
                          FileNames* names);
  void RemoveWritten(const std::string& folder) const;
  IndexEntry EntryOf(const Subject& subject) const;
  size_t MainValue() const;

  const RawProfile& data_;
  const ProfileData& profile_;
  const Symbols& symbols_;
  BenchmarkIndex index_;
  int64_t samples_ = 0;
  int64_t total_ = 0;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_PROFILE_FILES_H_
