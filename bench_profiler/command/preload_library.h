// The library by which a program is profiled as it is, without building it
// anew.
//
//   std::string library;
//   if (!FindPreloadLibrary(&library, &error)) ...
//   CarryOptionsInEnvironment(options);
//   PreloadLibrary(library, "");
//   execv(...);
#ifndef BENCH_PROFILER_COMMAND_PRELOAD_LIBRARY_H_
#define BENCH_PROFILER_COMMAND_PRELOAD_LIBRARY_H_

#include <string>

#include "bench_profiler/run/options.h"

namespace bench_profiler {

// Finds the library. Its folder is known relative to that of this program, in
// the build as well as after an installation. Returns false, with one line in
// `error`, if it is not there or cannot be preloaded.
bool FindPreloadLibrary(std::string* path, std::string* error);

// Puts the library into LD_PRELOAD, before those of the user, but after the
// runtime of a sanitizer, if that is not "". The program gets the user's value
// back from BENCH_PROFILER_LD_PRELOAD.
void PreloadLibrary(const std::string& library, const std::string& sanitizer);

// Where profiles go, as a path that stays the same if the program changes its
// current folder. Returns false, with one line in `error`, if that has no name.
bool MakeOutputFolderAbsolute(Options* options, std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_PRELOAD_LIBRARY_H_
