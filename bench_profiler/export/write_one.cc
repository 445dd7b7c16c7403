// BenchProfilerWrite: one profile, handed over in pieces.
#include <algorithm>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/export/exporter.h"
#include "bench_profiler/export/exporter_lock.h"
#include "bench_profiler/export/module_symbols.h"
#include "bench_profiler/formats/output_file.h"
#include "bench_profiler/formats/pprof_builder.h"
#include "bench_profiler/visibility.h"

namespace bench_profiler {
namespace {

std::vector<Label> LabelsOf(const RawProfile& data, const SampleRow& row) {
  std::vector<Label> labels;
  if (row.labels < data.label_sets.size) {
    for (const UserLabel& label : data.label_sets[row.labels]) {
      labels.push_back({label.key, label.value, 0, ""});
    }
  }
  if (row.size > 0) {
    labels.push_back({"bytes", "", static_cast<int64_t>(row.size), "bytes"});
  }
  return labels;
}

std::string Gzipped(const RawProfile& data) {
  const ExporterLock lock;
  const ProfileData& profile = data.profiles[0];
  const Symbolizer symbolizer = MakeSymbolizer(data);
  std::vector<SampleRow> rows(profile.samples.begin(), profile.samples.end());
  if (profile.unsample != nullptr) profile.unsample(rows.data(), rows.size());
  PprofBuilder builder(data, profile, symbolizer);
  for (const SampleRow& row : rows) {
    builder.AddSample(row, LabelsOf(data, row));
  }
  builder.SetDuration(data.duration_nanos);
  return builder.Finish(profile.default_value_type);
}

// Returns whether all of `bytes` was taken.
bool HandOver(const std::string& bytes,
              bool (*write)(void* cookie, const char* bytes, size_t size),
              void* cookie) {
  constexpr size_t kPiece = size_t{1} << 16;
  for (size_t at = 0; at < bytes.size(); at += kPiece) {
    const size_t size = std::min(kPiece, bytes.size() - at);
    if (!write(cookie, bytes.data() + at, size)) return false;
  }
  return true;
}

// Makes the profile and lets `deliver` take it, which returns "" or why it did
// not. Returns 0, or 1 with the reason in `error`.
template <class Deliver>
int MakeAndDeliver(const RawProfile& data, int debug, Deliver&& deliver,
                   Error* error) {
  const char* name = data.profiles[0].name;
  try {
    if (debug != 0) {
      *error = Error::Format("%s profile: no text form", name);
      return 1;
    }
    const std::string problem = deliver(Gzipped(data));
    if (problem.empty()) return 0;
    *error = Error::Format("%s profile: %s", name, problem.c_str());
  } catch (const std::exception& exception) {
    *error = Error::Format("%s profile: %s", name, exception.what());
  } catch (...) {
    *error = Error::Format("%s profile cannot be made", name);
  }
  return 1;
}

}  // namespace
}  // namespace bench_profiler

BENCH_PROFILER_EXPORT int BenchProfilerWrite(
    const bench_profiler::RawProfile* data, int debug,
    bool (*write)(void* cookie, const char* bytes, size_t size), void* cookie,
    bench_profiler::Error* error) {
  return bench_profiler::MakeAndDeliver(
      *data, debug,
      [&](const std::string& bytes) -> std::string {
        return bench_profiler::HandOver(bytes, write, cookie)
                   ? ""
                   : "not all of it could be written";
      },
      error);
}

BENCH_PROFILER_EXPORT int BenchProfilerWriteFile(
    const bench_profiler::RawProfile* data, int debug, const char* path,
    bench_profiler::Error* error) {
  return bench_profiler::MakeAndDeliver(
      *data, debug,
      [&](const std::string& bytes) {
        const std::string folder(path, std::string(path).find_last_of('/') + 1);
        std::string problem = bench_profiler::MakeFolders(folder);
        if (problem.empty()) {
          problem = bench_profiler::WriteWholeFile(path, bytes);
        }
        return problem.empty() ? "" : std::string(path) + ": " + problem;
      },
      error);
}
