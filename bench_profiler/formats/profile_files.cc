#include "bench_profiler/formats/profile_files.h"

#include <unistd.h>

#include "bench_profiler/formats/output_file.h"
#include "bench_profiler/formats/pprof.h"

namespace bench_profiler {
namespace {

std::string BaseName(const std::string& path) {
  return path.substr(path.find_last_of('/') + 1);
}

// Returns the error with its file's path in front, or "" if there is no error.
std::string At(const std::string& path, const std::string& error) {
  return error.empty() ? "" : path + ": " + error;
}

}  // namespace

ProfileFiles::ProfileFiles(const RunProfiles& run) : run_(run) {
  index_.kind = run.whole.name;
  index_.profile = BaseName(run.path);
  index_.rate = run.rate;
  index_.period = run.whole.period;
  index_.benchmem = run.counts_allocations;
  index_.context = run.context;
}

std::string ProfileFiles::WriteRegion(const std::string& folder,
                                      const RegionProfile& region,
                                      FileNames* names) {
  IndexEntry entry = {region.result, "", region.result.kind->label};
  std::string error;
  if (region.result.hooked) {
    entry.file = names->Add(entry.name);
    const std::string path = folder + "/" + entry.file;
    error = At(path, ReplaceFile(path, ToPprof(region.profile)));
  }
  index_.benchmarks.push_back(entry);
  return error;
}

std::string ProfileFiles::Write() {
  std::string error =
      At(run_.path, WriteWholeFile(run_.path, ToPprof(run_.whole)));
  if (!error.empty() || IsSpecialFile(run_.path)) return error;
  const std::string folder = run_.path + ".d";
  error = MakeFolders(folder);
  if (!error.empty()) return error;
  RemoveIndexedFiles(folder);
  FileNames names;
  for (const RegionProfile& region : run_.regions) {
    error = WriteRegion(folder, region, &names);
    if (!error.empty()) break;
  }
  const std::string index = folder + "/index.json";
  if (error.empty()) error = At(index, ReplaceFile(index, ToJson(index_)));
  if (!error.empty()) RemoveWritten(folder);
  has_folder_ = error.empty();
  return error;
}

// Removes the files that were written. Without an index, the next run could not
// tell that they are the profiler's, and would leave them there.
void ProfileFiles::RemoveWritten(const std::string& folder) const {
  for (const IndexEntry& entry : index_.benchmarks) {
    if (!entry.file.empty()) unlink((folder + "/" + entry.file).c_str());
  }
  rmdir(folder.c_str());  // fails, as it should, if anything else is in it
}

}  // namespace bench_profiler
