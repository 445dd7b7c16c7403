// The objects that are loaded, in a table that signal handlers can read.
//
//   UpdateObjectTable();   // at the start, and after dlopen and dlclose
//   UnwindTables tables;
//   if (FindInObjectTable(pc, &tables)) ...   // in a handler
//
// For systems whose loader cannot be asked without a lock (loaded_object.h).
#ifndef BENCH_PROFILER_STACK_OBJECT_TABLE_H_
#define BENCH_PROFILER_STACK_OBJECT_TABLE_H_

#include <cstdint>

#include "bench_profiler/stack/eh_frame.h"

namespace bench_profiler {

// Notes what is loaded now. It takes the loader's lock, so it must not be
// called in a signal handler, nor while a thread that holds this lock may be
// waiting for the caller. Cheap if nothing was loaded or closed since the last
// call. Calls no malloc.
void UpdateObjectTable();

// Does what FindUnwindTables does. Async-signal-safe: it uses atomic loads and
// IsReadable, and no lock. Does not find an object that was closed since the
// last update.
bool FindInObjectTable(uintptr_t address, UnwindTables* tables);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_OBJECT_TABLE_H_
