#include "bench_profiler/export/exporter.h"

#include <limits.h>
#include <unistd.h>

#include <cinttypes>
#include <cstdio>
#include <exception>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench_profiler/export/exporter_lock.h"
#include "bench_profiler/export/remarks.h"
#include "bench_profiler/export/run_context.h"
#include "bench_profiler/export/shared_symbolizer.h"
#include "bench_profiler/formats/output_file.h"
#include "bench_profiler/formats/perfetto.h"
#include "bench_profiler/formats/profile_files.h"
#include "bench_profiler/html/report.h"
#include "bench_profiler/profile/run_profiles.h"
#include "bench_profiler/record/raw_trace.h"
#include "bench_profiler/symbolize/resolve_code.h"
#include "bench_profiler/symbolize/resolve_run.h"
#include "bench_profiler/symbolize/resolve_trace.h"
#include "bench_profiler/visibility.h"

namespace bench_profiler {
namespace {

void Say(const std::string& line) {
  std::fprintf(stderr, "bench_profiler: %s\n", line.c_str());
}

// Returns `path` relative to the current folder, if it is inside of that.
std::string Shown(const std::string& path) {
  char folder[PATH_MAX];
  if (getcwd(folder, sizeof(folder)) == nullptr) return path;
  const std::string prefix = std::string(folder) + "/";
  return path.compare(0, prefix.size(), prefix) == 0
             ? path.substr(prefix.size())
             : path;
}

std::string Count(size_t number, const char* what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

// "3 benchmarks", "1 test", or both.
std::string Regions(const std::vector<RegionProfile>& regions) {
  std::map<std::string, size_t> counts;
  for (const RegionProfile& region : regions) {
    ++counts[region.result.kind->label];
  }
  std::string text;
  for (const auto& [label, count] : counts) {
    text += (text.empty() ? "" : " and ") + Count(count, label.c_str());
  }
  return text;
}

void SayWritten(const RawProfile& data, const ProfileData& profile,
                const RunProfiles& run, bool has_folder) {
  const std::string path = Shown(profile.path);
  std::string line = std::string(profile.name) + " profile: " + path + ", " +
                     std::to_string(run.samples) + " " + profile.samples_name;
  if (profile.lost > 0) {
    line += ", " + std::to_string(profile.lost) + " lost";
  }
  if (has_folder && !run.regions.empty()) {
    line += "; " + Regions(run.regions) + " in " + path + ".d/";
  }
  Say(line + "; look at it with: go tool pprof -http=: " + path);
  if (!has_folder) return;
  for (const auto& remark : {FewSamplesRemark, ConsoleTimeRemark}) {
    const std::string text = remark(data, profile, run.regions);
    if (!text.empty()) Say(text);
  }
}

// Returns "", or why the files could not be written.
std::string WriteFiles(ProfileFiles* files) {
  try {
    return files->Write();
  } catch (const std::length_error& error) {
    return error.what();
  }
}

// Returns whether it could be written.
bool ExportTrace(const RawProfile& data, const ResolvedCode& resolved) {
  const RawTrace& raw = *data.trace;
  const std::string error =
      WriteWholeFile(raw.path, ToPerfetto(ResolveTrace(data, resolved)));
  if (!error.empty()) {
    Say(std::string("trace not written: ") + raw.path + ": " + error);
    return false;
  }
  if (data.is_quiet) return true;
  std::string line = "trace: " + Shown(raw.path) + ", " +
                     Count(raw.events.size, "event") + " and " +
                     Count(raw.samples.size, "sample");
  if (raw.lost > 0) {
    line += ", " + std::to_string(raw.lost) + " lost for want of room";
  }
  Say(line + "; open it in https://ui.perfetto.dev");
  return true;
}

// Returns whether it could be written. `folders` are those of the profiles.
bool ExportReport(const RawProfile& data,
                  const std::vector<std::string>& folders) {
  std::string error = "no profile was written to a file";
  if (folders.empty() || !WriteReport(folders, data.report_path, &error)) {
    Say("report not written: " + error);
    return false;
  }
  if (!data.is_quiet) {
    Say("report: " + Shown(data.report_path) + "; open it in a browser");
  }
  return true;
}

int Export(const RawProfile& data, const ResolvedCode& resolved) {
  if (!data.is_quiet) {
    for (const std::string& problem : resolved.problems) Say(problem);
    if (data.if_a_stack_shows_a_region != nullptr &&
        AStackShowsARegion(data, *resolved.code)) {
      Say(data.if_a_stack_shows_a_region);
    }
  }
  const RunContext context = ContextOf(data);
  int failures = 0;
  if (data.trace != nullptr && !ExportTrace(data, resolved)) ++failures;
  std::vector<std::string> folders;
  for (const ProfileData& profile : data.profiles) {
    RunProfiles run = ResolveRun(data, profile, resolved);
    run.context = context;
    ProfileFiles files(run);
    const std::string error = WriteFiles(&files);
    if (!error.empty()) {
      Say(std::string(profile.name) + " profile not written: " + error);
      ++failures;
    } else if (!data.is_quiet) {
      SayWritten(data, profile, run, files.has_folder());
    }
    if (files.has_folder()) folders.push_back(profile.path + std::string(".d"));
  }
  if (data.report_path != nullptr && !ExportReport(data, folders)) ++failures;
  return failures;
}

}  // namespace
}  // namespace bench_profiler

BENCH_PROFILER_EXPORT int BenchProfilerExport(
    const bench_profiler::RawProfile* data) {
  const bench_profiler::ExporterLock lock;
  try {
    return bench_profiler::Export(
        *data, bench_profiler::ResolveCode(
                   *data, bench_profiler::SharedSymbolizer(lock)));
  } catch (const std::exception& error) {
    // Say() needs memory, and there may be none left.
    std::fprintf(stderr, "bench_profiler: profiles not written: %s\n",
                 error.what());
  } catch (...) {
    std::fputs("bench_profiler: profiles not written\n", stderr);
  }
  return static_cast<int>(data->profiles.size) +
         (data->trace == nullptr ? 0 : 1) +
         (data->report_path == nullptr ? 0 : 1);
}

BENCH_PROFILER_EXPORT int BenchProfilerCheckPath(const char* path,
                                                 const char* const* others,
                                                 size_t num_others, char* error,
                                                 size_t error_size) {
  const bench_profiler::ExporterLock lock;
  try {
    std::string problem = bench_profiler::CheckWritable(path);
    for (size_t i = 0; i < num_others && problem.empty(); ++i) {
      problem = bench_profiler::CheckDistinct(path, others[i]);
    }
    std::snprintf(error, error_size, "%s", problem.c_str());
    return problem.empty() ? 0 : 1;
  } catch (const std::exception& exception) {
    std::snprintf(error, error_size, "%s", exception.what());
  } catch (...) {
    std::snprintf(error, error_size, "%s cannot be checked", path);
  }
  return 1;
}
