// BenchProfilerWrite and BenchProfilerWriteFile, which write a single profile:
// in pieces to a function, or to a file.
#include <algorithm>
#include <exception>
#include <string>

#include "bench_profiler/export/exporter.h"
#include "bench_profiler/export/exporter_lock.h"
#include "bench_profiler/export/shared_symbolizer.h"
#include "bench_profiler/formats/formats.h"
#include "bench_profiler/formats/output_file.h"
#include "bench_profiler/formats/perfetto.h"
#include "bench_profiler/symbolize/resolve_profile.h"
#include "bench_profiler/symbolize/resolve_trace.h"
#include "bench_profiler/visibility.h"

namespace bench_profiler {
namespace {

// Returns the profile in the form that `debug` asks for, or "" if it has no
// such form.
std::string BytesOf(const RawProfile& data, int debug) {
  const ExporterLock lock;
  const ResolvedCode resolved = ResolveCode(data, SharedSymbolizer(lock));
  if (data.trace != nullptr) return ToPerfetto(ResolveTrace(data, resolved));
  const Profile profile = ResolveProfile(data, data.profiles[0], resolved);
  const char* format = debug == 0 ? "pprof" : debug == 1 ? "text" : "stacks";
  return FindFormat(format)->write(profile);
}

// Returns whether all of `bytes` was taken.
bool HandOver(const std::string& bytes,
              bool (*write)(void* cookie, const char* bytes, size_t size),
              void* cookie) {
  constexpr size_t kPiece = size_t{1} << 16;
  for (size_t at = 0; at < bytes.size(); at += kPiece) {
    const size_t size = std::min(kPiece, bytes.size() - at);
    const bool taken = write(cookie, bytes.data() + at, size);
    NoteExporterProcess();
    if (!taken) return false;
  }
  return true;
}

// Makes the bytes of the profile and hands them to `deliver`, which returns "",
// or why it failed. Returns 0, or 1 with the reason in `error`.
template <class Deliver>
int MakeAndDeliver(const RawProfile& data, int debug, Deliver&& deliver,
                   Error* error) {
  const std::string name =
      data.trace != nullptr ? "trace"
                            : data.profiles[0].name + std::string(" profile");
  try {
    const std::string bytes = BytesOf(data, debug);
    if (bytes.empty()) {
      *error = Error::Format(
          "a %s has no text form: ask for the binary one, debug=0",
          name.c_str());
      return 1;
    }
    const std::string problem = deliver(bytes);
    if (problem.empty()) return 0;
    *error = Error::Format("%s: %s", name.c_str(), problem.c_str());
  } catch (const std::exception& exception) {
    *error = Error::Format("%s: %s", name.c_str(), exception.what());
  } catch (...) {
    *error = Error::Format("%s cannot be made", name.c_str());
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
