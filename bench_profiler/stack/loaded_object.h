// Tells without a lock which loaded object an address is in.
//
//   UpdateLoadedObjects();   // at the start, and when libraries come and go
//   UnwindTables tables;
//   if (FindUnwindTables(pc, &tables)) ...
//
// glibc 2.35 and newer have _dl_find_object for that. It is looked for when the
// program starts, so that a library that was built with an older glibc finds
// that of a newer one. Where there is none, a table of our own takes its place
// (object_table.h).
#ifndef BENCH_PROFILER_STACK_LOADED_OBJECT_H_
#define BENCH_PROFILER_STACK_LOADED_OBJECT_H_

#include <cstdint>

#include "bench_profiler/stack/eh_frame.h"

namespace bench_profiler {

// Where there is no _dl_find_object: notes what is loaded now. Not for signal
// handlers, since it takes the loader's lock.
void UpdateLoadedObjects();

// Returns whether `address` is in a loaded object. If that has no unwind
// tables, `tables->header` is null. Async-signal-safe, since _dl_find_object is
// (glibc manual, "Dynamic Linker Introspection"), and so is the table. The
// table does not know what dlopen has loaded since the last update.
bool FindUnwindTables(uintptr_t address, UnwindTables* tables);

// For tests: uses the table even if there is _dl_find_object.
void UseObjectTable(bool use);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_LOADED_OBJECT_H_
