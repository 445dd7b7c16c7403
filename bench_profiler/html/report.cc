#include "bench_profiler/html/report.h"

#include <ctime>

#include "bench_profiler/formats/output_file.h"
#include "bench_profiler/html/page.h"

namespace bench_profiler {

bool WriteReport(const std::vector<std::string>& folders,
                 const std::string& path, std::string* error) {
  PageData data;
  if (!ReadReportData(folders, &data, error)) return false;
  data.generated = std::time(nullptr);
  const std::string problem = WriteWholeFile(path, HtmlPage(data));
  if (!problem.empty()) *error = path + ": " + problem;
  return problem.empty();
}

std::string SingleReport(const ParsedProfile& profile,
                         const SingleOptions& options) {
  PageData data = SingleData(profile, options);
  data.generated = std::time(nullptr);
  return HtmlPage(data);
}

}  // namespace bench_profiler
