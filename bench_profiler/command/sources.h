// Reads profiles from where the user says: files, standard input, folders with
// the profiles of benchmarks, servers. Several become one, as pprof merges
// them.
//
//   ParsedProfile profile;
//   Outcome outcome = ReadSources(line, line.arguments, &profile);
#ifndef BENCH_PROFILER_COMMAND_SOURCES_H_
#define BENCH_PROFILER_COMMAND_SOURCES_H_

#include <string>
#include <vector>

#include "bench_profiler/command/command_line.h"
#include "bench_profiler/command/outcome.h"
#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

// Subtracts the bases that the line names.
Outcome ReadSources(const CommandLine& line,
                    const std::vector<std::string>& sources,
                    ParsedProfile* profile);

// One source, as it is.
Outcome ReadSource(const CommandLine& line, const std::string& source,
                   ParsedProfile* profile);

bool IsFolder(const std::string& path);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_SOURCES_H_
