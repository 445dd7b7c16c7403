// BenchProfilerWritePage, which makes a page of a profile.
#include <exception>
#include <string>
#include <string_view>

#include "bench_profiler/export/exporter.h"
#include "bench_profiler/export/exporter_lock.h"
#include "bench_profiler/formats/parsed_pprof_reader.h"
#include "bench_profiler/html/report.h"
#include "bench_profiler/visibility.h"

namespace bench_profiler {
namespace {

// Returns false, with the reason in `error`, if the bytes are no profile.
bool PageOf(std::string_view bytes, const char* title, std::string* page,
            std::string* error) {
  const ExporterLock lock;
  ParsedProfile profile;
  if (!ReadPprof(bytes, &profile, error)) return false;
  SingleOptions options;
  options.title = title;
  *page = SingleReport(profile, options);
  return true;
}

}  // namespace
}  // namespace bench_profiler

BENCH_PROFILER_EXPORT int BenchProfilerWritePage(
    const char* bytes, size_t size, const char* title,
    bool (*write)(void* cookie, const char* bytes, size_t size), void* cookie,
    bench_profiler::Error* error) {
  using bench_profiler::Error;
  try {
    std::string page;
    std::string problem;
    if (!bench_profiler::PageOf({bytes, size}, title, &page, &problem)) {
      *error = Error::Format("no page can be made of it: %s", problem.c_str());
      return 1;
    }
    const bool is_taken = write(cookie, page.data(), page.size());
    bench_profiler::NoteExporterProcess();
    if (is_taken) return 0;
    *error = Error::Format("not all of the page could be written");
  } catch (const std::exception& exception) {
    *error = Error::Format("the page: %s", exception.what());
  } catch (...) {
    *error = Error::Format("the page cannot be made");
  }
  return 1;
}
