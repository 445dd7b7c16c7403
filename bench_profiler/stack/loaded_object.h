// Which loaded object an address is in, asked without a lock.
//
//   UnwindTables tables;
//   if (FindUnwindTables(pc, &tables)) ...
#ifndef BENCH_PROFILER_STACK_LOADED_OBJECT_H_
#define BENCH_PROFILER_STACK_LOADED_OBJECT_H_

#include <cstdint>

#include "bench_profiler/stack/eh_frame.h"

namespace bench_profiler {

// True if objects can be found: if this was built with glibc 2.35 or newer,
// which has _dl_find_object.
bool CanFindObjects();

// True if `address` is in a loaded object; without unwind tables,
// `tables->header` is null. Async-signal-safe, as _dl_find_object is (glibc
// manual, "Dynamic Linker Introspection").
bool FindUnwindTables(uintptr_t address, UnwindTables* tables);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_LOADED_OBJECT_H_
