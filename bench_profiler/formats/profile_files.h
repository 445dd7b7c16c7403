// Writes the files of a run.
//
//   ProfileFiles files(run);
//   std::string error = files.Write();
//
// FILE is the whole run. FILE.d/NAME.prof is one benchmark, test or the like,
// and FILE.d/index.json lists them (benchmark_index.h).
#ifndef BENCH_PROFILER_FORMATS_PROFILE_FILES_H_
#define BENCH_PROFILER_FORMATS_PROFILE_FILES_H_

#include <string>

#include "bench_profiler/formats/benchmark_index.h"
#include "bench_profiler/formats/file_names.h"
#include "bench_profiler/profile/run_profiles.h"

namespace bench_profiler {

class ProfileFiles {
 public:
  // Keeps a reference.
  explicit ProfileFiles(const RunProfiles& run);

  // Writes all files. Returns "" or which one could not be written and why.
  std::string Write();

  // Whether there is a folder of regions.
  bool has_folder() const { return has_folder_; }

 private:
  std::string WriteRegion(const std::string& folder,
                          const RegionProfile& region, FileNames* names);
  void RemoveWritten(const std::string& folder) const;

  const RunProfiles& run_;
  BenchmarkIndex index_;
  bool has_folder_ = false;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_PROFILE_FILES_H_
