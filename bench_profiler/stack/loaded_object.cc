#include "bench_profiler/stack/loaded_object.h"

#include <dlfcn.h>

namespace bench_profiler {

#ifdef DLFO_EH_SEGMENT_TYPE

bool CanFindObjects() { return true; }

bool FindUnwindTables(uintptr_t address, UnwindTables* tables) {
  dl_find_object object;
  if (_dl_find_object(reinterpret_cast<void*>(address), &object) != 0) {
    return false;
  }
  tables->header = static_cast<const uint8_t*>(object.dlfo_eh_frame);
  tables->begin = static_cast<const uint8_t*>(object.dlfo_map_start);
  tables->end = static_cast<const uint8_t*>(object.dlfo_map_end);
  return true;
}

#else

bool CanFindObjects() { return false; }

bool FindUnwindTables(uintptr_t, UnwindTables*) { return false; }

#endif

}  // namespace bench_profiler
