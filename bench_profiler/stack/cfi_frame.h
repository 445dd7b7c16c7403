// Goes from one frame to its caller, as the unwind tables describe it.
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

// Turns the registers of a frame into those of its caller: kStackPointer and
// kReturnAddress then say where the caller goes on. `row` has the rules for the
// frame's address. Returns false, with unspecified `registers`, if there is no
// caller, if the tables are damaged or if the stack cannot be read.
// Async-signal-safe.
bool UnwindFrame(const UnwindTables& tables,
                 const FrameDescription& description, const CfiRow& row,
                 StackMemory* memory, Registers* registers);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_CFI_FRAME_H_
