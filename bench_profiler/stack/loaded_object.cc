#include "bench_profiler/stack/loaded_object.h"

#include <dlfcn.h>
#include <link.h>

#include <atomic>

#include "bench_profiler/stack/object_table.h"

#ifndef DLFO_EH_SEGMENT_TYPE
// As <dlfcn.h> of glibc 2.35 declares them.
struct dl_find_object {
  unsigned long long dlfo_flags;
  void* dlfo_map_start;
  void* dlfo_map_end;
  link_map* dlfo_link_map;
  void* dlfo_eh_frame;
  unsigned long long dlfo_reserved[7];
};
extern "C" int _dl_find_object(void* address, dl_find_object* result) noexcept;
#endif

// Null where libc has none.
extern "C" decltype(_dl_find_object) _dl_find_object __attribute__((weak));

namespace bench_profiler {
namespace {

std::atomic<bool> forced_table{false};

bool UsesTable() {
  return _dl_find_object == nullptr ||
         forced_table.load(std::memory_order_relaxed);
}

}  // namespace

void UpdateLoadedObjects() {
  if (UsesTable()) UpdateObjectTable();
}

bool FindUnwindTables(uintptr_t address, UnwindTables* tables) {
  if (UsesTable()) return FindInObjectTable(address, tables);
  dl_find_object object;
  if (_dl_find_object(reinterpret_cast<void*>(address), &object) != 0) {
    return false;
  }
  tables->header = static_cast<const uint8_t*>(object.dlfo_eh_frame);
  tables->begin = static_cast<const uint8_t*>(object.dlfo_map_start);
  tables->end = static_cast<const uint8_t*>(object.dlfo_map_end);
  return true;
}

void UseObjectTable(bool use) {
  forced_table.store(use);
  if (use) UpdateObjectTable();
}

}  // namespace bench_profiler
