// From one frame to its caller, by the unwind tables.
//
//   FrameDescription description;
//   CfiInitialRow initial;  // for all frames of a walk
//   CfiRow row;
//   if (FindFrameDescription(tables, pc, &description) &&
//       RunCfiProgram(description, pc, &initial, &row) &&
//       UnwindFrame(tables, description, row, &memory, &registers))
//       ...
#ifndef BENCH_PROFILER_STACK_CFI_FRAME_H_
#define BENCH_PROFILER_STACK_CFI_FRAME_H_

#include <cstdint>

#include "bench_profiler/stack/arch/arch.h"
#include "bench_profiler/stack/cfi_program.h"
#include "bench_profiler/stack/eh_frame.h"
#include "bench_profiler/stack/stack_memory.h"

namespace bench_profiler {

// Turns `registers` into those of the caller: the stack pointer and return
// address columns are where it goes on. `row` holds at the frame's address.
// False, `registers` unspecified, if there is no caller, the tables are damaged
// or the stack cannot be read. Async-signal-safe, like FindFrameDescription and
// StackMemory.
bool UnwindFrame(const UnwindTables& tables,
                 const FrameDescription& description, const CfiRow& row,
                 StackMemory* memory, Registers* registers);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_CFI_FRAME_H_
