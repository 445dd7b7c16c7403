// What the process of a run knows of where its numbers come from.
//
//   FillInContext(program, "./bench --cpuprofile=cpu.prof", session);
#ifndef BENCH_PROFILER_RUN_SESSION_CONTEXT_H_
#define BENCH_PROFILER_RUN_SESSION_CONTEXT_H_

#include <string>

#include "bench_profiler/program.h"
#include "bench_profiler/run/session_state.h"

namespace bench_profiler {

// Sets the context of the session, and what that has views of. To be called
// before the program's main, which adds to the machine's load and may change
// the environment.
void FillInContext(const Program& program, const std::string& command_line,
                   Session* of);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RUN_SESSION_CONTEXT_H_
