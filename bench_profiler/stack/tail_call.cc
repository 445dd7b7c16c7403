#include "bench_profiler/stack/tail_call.h"

#include "bench_profiler/stack/arch/arch.h"
#include "bench_profiler/stack/eh_frame.h"
#include "bench_profiler/stack/loaded_object.h"
#include "bench_profiler/stack/stack_memory.h"

namespace bench_profiler {

// The bytes before a return address may look like a direct call and be the end
// of another one. Then it is most unlikely that a function begins where they
// seem to lead.
uintptr_t CalledFunction(uintptr_t return_address) {
  StackMemory memory(StackBounds{});
  const uintptr_t target = DirectCallTarget(return_address, &memory);
  UnwindTables tables;
  FrameDescription description;
  const bool is_function = target != 0 && FindUnwindTables(target, &tables) &&
                           FindFrameDescription(tables, target, &description) &&
                           description.function == target;
  return is_function && !IsLinkageStub(target, &memory) ? target : 0;
}

}  // namespace bench_profiler
