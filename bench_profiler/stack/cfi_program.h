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

// One row of the table that call frame instructions describe. Small, since
// several lie on the stack of a signal handler: `value` has 32 bits, and an
// expression is given by the distance of its block (size, then operations) from
// CfiOrigin().
struct CfiRow {
  static constexpr uint8_t kCfaIsExpression = 0xff;

  RegisterMask has_rule;  // a bit for each register; without it: same value
  int32_t cfa_value;
  uint8_t cfa_register;  // CFA = this + cfa_value, or kCfaIsExpression
  CfiRule rules[kNumRegisters];
  int32_t values[kNumRegisters];
};

// The row that the instructions of a CIE make, which all of its functions begin
// with. Kept from frame to frame, since neighbours mostly share their CIE.
struct CfiInitialRow {
  uintptr_t common_entry = 0;  // its address, 0 for none yet
  CfiRow row;
};

inline const uint8_t* CfiOrigin(const FrameDescription& description) {
  return description.common.instructions.end();
}

// False for instructions that are damaged, unknown or too long. `initial` is
// made anew if it is that of another CIE. Async-signal-safe.
bool RunCfiProgram(const FrameDescription& description, uintptr_t pc,
                   CfiInitialRow* initial, CfiRow* row);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_CFI_PROGRAM_H_
