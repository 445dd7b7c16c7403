// BenchProfilerWriteNames, which tells the functions at some addresses.
#include <cinttypes>
#include <cstdio>
#include <exception>
#include <string>

#include "bench_profiler/export/exporter.h"
#include "bench_profiler/export/exporter_lock.h"
#include "bench_profiler/export/shared_symbolizer.h"
#include "bench_profiler/symbolize/resolve_code.h"
#include "bench_profiler/visibility.h"

namespace bench_profiler {
namespace {

std::string LineOf(const Code& code, const Location& location) {
  if (location.lines.empty()) return "";
  // The last one is the function that the compiler emitted, which is what the
  // readers of such lines expect, and not one that was inlined into it.
  // They make names of symbols themselves, as short as they were asked to.
  const std::string& name =
      code.functions[location.lines.back().function].system_name;
  char address[32];
  std::snprintf(address, sizeof(address), "0x%" PRIx64 " ", location.address);
  return name.empty() ? "" : address + name + "\n";
}

std::string NamesOf(const RawProfile& data) {
  const ExporterLock lock;
  const ResolvedCode resolved = ResolveCode(data, SharedSymbolizer(lock));
  const Code& code = *resolved.code;
  std::string text;
  for (size_t i = 1; i < code.frames.size(); ++i) {
    text += LineOf(code, code.locations[code.frames[i].location]);
  }
  return text;
}

}  // namespace
}  // namespace bench_profiler

BENCH_PROFILER_EXPORT int BenchProfilerWriteNames(
    const bench_profiler::RawProfile* data,
    bool (*write)(void* cookie, const char* bytes, size_t size), void* cookie,
    bench_profiler::Error* error) {
  using bench_profiler::Error;
  try {
    const std::string text = bench_profiler::NamesOf(*data);
    const bool is_taken = write(cookie, text.data(), text.size());
    bench_profiler::NoteExporterProcess();
    if (is_taken) return 0;
    *error = Error::Format("not all of the names could be written");
  } catch (const std::exception& exception) {
    *error = Error::Format("%s", exception.what());
  } catch (...) {
    *error = Error::Format("the names cannot be made");
  }
  return 1;
}
