// A profile of the program's own: values, each with the stack that added it.
//
//   CustomProfile profile("myapp.open_files");
//   profile.Add(&file, {addresses, depth, false});
//   profile.Remove(&file);
//
// Thread-safe. Memory comes from pages of its own, never from malloc.
#ifndef BENCH_PROFILER_PPROF_CUSTOM_PROFILE_H_
#define BENCH_PROFILER_PPROF_CUSTOM_PROFILE_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/collectors/collector.h"
#include "bench_profiler/error.h"
#include "bench_profiler/platform/hash_slots.h"
#include "bench_profiler/platform/page_array.h"
#include "bench_profiler/pprof/write_profile.h"
#include "bench_profiler/record/module_table.h"
#include "bench_profiler/record/sample_table.h"
#include "bench_profiler/record/stack_table.h"
#include "bench_profiler/record/string_table.h"

namespace bench_profiler {

class CustomProfile {
 public:
  // `name` must live as long as the profile.
  explicit CustomProfile(const char* name);

  Error Add(const void* value, const StackView& stack);
  void Remove(const void* value);
  size_t Count() const;
  Error Write(const pprof::internal::PlainSink& sink, int debug);

 private:
  // A value that is in the profile. If `stack` is 0, the entry is free.
  struct Entry {
    const void* value;
    uint32_t stack;

    explicit operator bool() const { return stack != 0; }
  };
  // A copy of all that is written, so that the profile can change meanwhile.
  struct Copy {
    PageArray<char> strings;
    PageArray<Module> modules;
    PageArray<StackNode> stacks;
    SampleTable samples;
  };

  static uint64_t KeyOf(const Entry& entry) {
    return reinterpret_cast<uintptr_t>(entry.value);
  }
  Entry* Find(const void* value);
  uint32_t Stack(const StackView& stack);
  bool CopyTo(Copy* copy);

  const char* const name_;
  PageHash<Entry> entries_;
  size_t size_ = 0;
  StringTable strings_;
  ModuleTable modules_{&strings_};
  StackTable stacks_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PPROF_CUSTOM_PROFILE_H_
