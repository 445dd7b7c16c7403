// The objects that are loaded, in a table that signal handlers can read.
//
//   UpdateObjectTable();   // at the start, and after dlopen and dlclose
//   UnwindTables tables;
//   if (FindInObjectTable(pc, &tables)) ...   // in a handler
//
// For systems whose loader does not tell without a lock (loaded_object.h).
#ifndef BENCH_PROFILER_STACK_OBJECT_TABLE_H_
#define BENCH_PROFILER_STACK_OBJECT_TABLE_H_

#include <cstdint>

#include "bench_profiler/stack/eh_frame.h"

namespace bench_profiler {

// Notes what is loaded now. Takes the loader's lock, so never in a handler nor
// where another thread may wait for this one with that lock held. Cheap if
// nothing was loaded or closed since. No malloc.
void UpdateObjectTable();

// As FindUnwindTables. Async-signal-safe: atomic loads and IsReadable, no lock.
// An object that was closed since the last update is not found.
bool FindInObjectTable(uintptr_t address, UnwindTables* tables);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_OBJECT_TABLE_H_
