// The programs and libraries that are or were mapped, with their build ids.
//
//   ModuleTable modules;
//   modules.Update();                        // what is loaded now
//   uint32_t module = modules.Find(address); // index into rows(), or kNoModule
//
// Libraries that were closed keep their rows, so that samples taken before can
// still be named. Memory comes from PageArray, never from malloc. Not
// thread-safe. Update takes the loader's lock.
#ifndef BENCH_PROFILER_RECORD_MODULE_TABLE_H_
#define BENCH_PROFILER_RECORD_MODULE_TABLE_H_

#include <link.h>

#include <cstdint>

#include "bench_profiler/platform/page_array.h"
#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/record/string_table.h"

namespace bench_profiler {

class ModuleTable {
 public:
  explicit ModuleTable(StringTable* strings) : strings_(strings) {}

  // Notes what is loaded. Cheap if nothing was loaded or closed since the last
  // call.
  void Update();

  // Returns the executable segment that is at `address` now.
  uint32_t Find(uint64_t address) const;

  ArrayView<Module> rows() const { return {rows_.data(), rows_.size()}; }

  // Update() calls this for each loaded object.
  void AddObject(const dl_phdr_info& info);

 private:
  void AddSegment(const dl_phdr_info& info, const ElfW(Phdr) & segment);
  static int VisitObject(dl_phdr_info* info, size_t size, void* self);
  StringOffset ProgramPath();

  StringTable* strings_;
  StringOffset program_path_ = 0;  // 0: not known yet
  PageArray<Module> rows_;
  PageArray<uint32_t> loaded_;  // indices of rows_, by start address
  unsigned long long adds_ = 0;
  unsigned long long subs_ = 0;
  bool changed_ = false;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RECORD_MODULE_TABLE_H_
