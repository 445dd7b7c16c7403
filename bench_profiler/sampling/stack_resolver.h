// Turns the addresses of a stack into frames that can be named later: each has
// its library, and frames of the profiler are left out.
//
//   StackResolver resolver;
//   resolver.HideModuleOf(address_of_ours);
//   resolver.UpdateModules();                      // what is loaded now
//   size_t size = resolver.Resolve(stack, frames);
//   uint32_t number = resolver.Keep(stack);        // kept for good
//
// Never calls malloc. Not thread-safe.
#ifndef BENCH_PROFILER_SAMPLING_STACK_RESOLVER_H_
#define BENCH_PROFILER_SAMPLING_STACK_RESOLVER_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/collectors/collector.h"
#include "bench_profiler/record/module_table.h"
#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/record/sample_buffer.h"
#include "bench_profiler/record/stack_table.h"
#include "bench_profiler/record/string_table.h"
#include "bench_profiler/sampling/hidden_code.h"

namespace bench_profiler {

struct StackFrame {
  uint64_t address = 0;
  uint32_t module = kNoModule;
};

class StackResolver {
 public:
  // The most frames that Resolve returns. One of them may stand for what was
  // cut off.
  static constexpr size_t kMaxFrames = SampleBuffer::kMaxDepth + 1;

  // Hides all code of the library that `address` is in.
  void HideModuleOf(uint64_t address);

  // Notes what libraries are loaded now. Takes the loader's lock.
  void UpdateModules() { modules_.Update(); }

  // Puts the frames that are not hidden into `frames`, the root first. Returns
  // how many there are.
  size_t Resolve(const StackView& stack, StackFrame* frames) const;

  // Returns a number for the stack, including its hidden frames.
  uint32_t Keep(const StackView& stack);

  // The stacks that have numbers.
  ArrayView<StackNode> kept() const { return kept_.nodes(); }

  ArrayView<Module> modules() const { return modules_.rows(); }
  const char* String(StringOffset offset) const { return strings_.Get(offset); }

  HiddenCode hidden;

 private:
  StringTable strings_;
  ModuleTable modules_{&strings_};
  StackTable kept_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SAMPLING_STACK_RESOLVER_H_
