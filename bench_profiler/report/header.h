// The lines above a report: of which program, when, how long, and what is left
// out.
//
//   for (const std::string& line : ProfileHeader(report, format)) ...
//     // "Type: cpu", "Time: Nov 27, 2026 at 7:10pm (UTC)"
#ifndef BENCH_PROFILER_REPORT_HEADER_H_
#define BENCH_PROFILER_REPORT_HEADER_H_

#include <string>
#include <vector>

#include "bench_profiler/report/prepare.h"
#include "bench_profiler/report/trimmed_graph.h"
#include "bench_profiler/report/value_format.h"

namespace bench_profiler {

// What is known of the profile.
std::vector<std::string> ProfileHeader(const PreparedReport& report,
                                       const ValueFormat& format);

// That, and what the graph shows of it.
std::vector<std::string> GraphHeader(const PreparedReport& report,
                                     const TrimmedGraph& trimmed,
                                     const ValueFormat& format, GraphUse use);

// Lines as a text, each with its end.
std::string JoinLines(const std::vector<std::string>& lines);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_HEADER_H_
