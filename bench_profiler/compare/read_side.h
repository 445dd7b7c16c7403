// Reads the profiles of one side of a comparison.
//
//   Side side;
//   std::string error;
//   if (!ReadSide({"old"}, "old", &functions, &side, &warnings, &error)) ...
#ifndef BENCH_PROFILER_COMPARE_READ_SIDE_H_
#define BENCH_PROFILER_COMPARE_READ_SIDE_H_

#include <string>
#include <vector>

#include "bench_profiler/compare/function_table.h"
#include "bench_profiler/compare/process.h"

namespace bench_profiler {

// A path is
//   cpu.prof.d   a folder with an index.json: one kind of profile of a process
//   cpu.prof     the same; if there is no cpu.prof.d, or it is empty, the
//                profile of a whole program, as one benchmark named "program"
//   run-01       a folder with such folders
//   old          a folder with folders of processes: a set of processes
// Folders of several kinds beside each other, as cpu.prof.d and mem.prof.d, are
// of one process. If two are of one kind, those are of one process whose first
// runs began at the same time. A process that is given twice counts once, with
// a warning. Returns false, with one line in `error`, if there is nothing to
// compare. What else cannot be read is left out, with a line in `warnings`.
bool ReadSide(const std::vector<std::string>& paths, const std::string& title,
              FunctionTable* functions, Side* side,
              std::vector<std::string>* warnings, std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_READ_SIDE_H_
