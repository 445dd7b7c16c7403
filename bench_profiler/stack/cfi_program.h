// Runs the call frame instructions of a function up to one of its addresses.
//
//   CfiInitialRow initial;  // for all frames of a walk
//   CfiRow row;
//   if (RunCfiProgram(description, pc, &initial, &row)) ...   // rules that
//   hold at pc
//
// Source: DWARF 5, 6.4; GNU extensions: Linux Standard Base, Core, "DWARF
// Extensions".
#ifndef BENCH_PROFILER_STACK_CFI_PROGRAM_H_
#define BENCH_PROFILER_STACK_CFI_PROGRAM_H_

#include <cstdint>

#include "bench_profiler/stack/arch/arch.h"
#include "bench_profiler/stack/eh_frame.h"

namespace bench_profiler {

// Where the caller's value of a register is.
enum class CfiRule : uint8_t {
  kUndefined,
  kOffset,         // saved at CFA + value
  kValOffset,      // is CFA + value
  kRegister,       // in register number `value`
  kExpression,     // saved at what an expression says
  kValExpression,  // is what an expression says
};

// One row of the table that call frame instructions describe. It is small,
// since a signal handler has several of them on its stack: `value` has 32 bits,
// and an expression is given by the distance of its block (size, then
// operations) from CfiOrigin().
struct CfiRow {
  static constexpr uint8_t kCfaIsExpression = 0xff;

  RegisterMask has_rule;  // a bit for each register; without it: same value
  int32_t cfa_value;
  uint8_t cfa_register;  // CFA = this + cfa_value, or kCfaIsExpression
  CfiRule rules[kNumRegisters];
  int32_t values[kNumRegisters];
};

// The row that the instructions of a CIE make. All functions of that CIE begin
// with it. A walk keeps it from frame to frame, since neighbouring frames
// mostly have the same CIE.
struct CfiInitialRow {
  uintptr_t common_entry = 0;  // its address, 0 for none yet
  CfiRow row;
};

inline const uint8_t* CfiOrigin(const FrameDescription& description) {
  return description.common.instructions.end();
}

// Returns false if the instructions are damaged, unknown or too long. `initial`
// is computed again if it belongs to another CIE. Async-signal-safe.
bool RunCfiProgram(const FrameDescription& description, uintptr_t pc,
                   CfiInitialRow* initial, CfiRow* row);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_CFI_PROGRAM_H_
