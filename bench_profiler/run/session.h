// The start and the end of the session, for run_main.cc.
//
//   if (!StartSession(options, program, command_line, &error)) ...
//   ...                              // the program runs
//   bool complete = FinishSession();
#ifndef BENCH_PROFILER_RUN_SESSION_H_
#define BENCH_PROFILER_RUN_SESSION_H_

#include <string>

#include "bench_profiler/program.h"
#include "bench_profiler/run/options.h"

namespace bench_profiler {

// Returns false if the user has to change a flag, and says so in `error`.
bool StartSession(const Options& options, const Program& program,
                  const std::string& command_line, std::string* error);

// Writes the profiles. Returns false if one that was asked for could not be
// written.
bool FinishSession();

// Writes one line to standard error.
void Say(const std::string& line);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RUN_SESSION_H_
