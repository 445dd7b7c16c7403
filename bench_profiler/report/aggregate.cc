#include "bench_profiler/report/aggregate.h"

namespace bench_profiler {

void Aggregate(Granularity granularity, bool no_inlines,
               ParsedProfile* profile) {
  const bool has_functions = granularity != Granularity::kFiles;
  const bool has_files = granularity != Granularity::kFunctions;
  const bool has_addresses = granularity == Granularity::kAddresses;
  const bool has_lines = has_addresses || granularity == Granularity::kLines;
  for (ParsedFunction& function : profile->functions) {
    if (!has_functions) {
      function.name.clear();
      function.system_name.clear();
    }
    if (!has_files) function.file.clear();
  }
  for (ParsedLocation& location : profile->locations) {
    if (no_inlines && location.lines.size() > 1) {
      location.lines.erase(location.lines.begin(), location.lines.end() - 1);
    }
    if (!has_lines) {
      for (ParsedLine& line : location.lines) line.line = line.column = 0;
    }
    if (!has_addresses) location.address = 0;
  }
}

}  // namespace bench_profiler
