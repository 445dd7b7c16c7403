// Which loaded object an address is in, asked without a lock.
//
//   UpdateLoadedObjects();   // at the start, and when libraries come and go
//   UnwindTables tables;
//   if (FindUnwindTables(pc, &tables)) ...
//
// glibc 2.35 and newer tell it by _dl_find_object, which is looked for when the
// program starts: what was built with an older glibc uses a newer one's. Where
// there is none, a table of our own takes its place (object_table.h).
#ifndef BENCH_PROFILER_STACK_LOADED_OBJECT_H_
#define BENCH_PROFILER_STACK_LOADED_OBJECT_H_

#include <cstdint>

#include "bench_profiler/stack/eh_frame.h"

namespace bench_profiler {

// Notes what is loaded, where there is no _dl_find_object. Not for handlers:
// takes the loader's lock.
void UpdateLoadedObjects();

// True if `address` is in a loaded object; without unwind tables,
// `tables->header` is null. Async-signal-safe, as _dl_find_object is (glibc
// manual, "Dynamic Linker Introspection"), and the table. The table does not
// know of what dlopen has loaded since the last update.
bool FindUnwindTables(uintptr_t address, UnwindTables* tables);

// For tests: to use the table although there is _dl_find_object.
void UseObjectTable(bool use);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_LOADED_OBJECT_H_
