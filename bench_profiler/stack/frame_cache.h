// Remembers how to get from a code address to its caller, where that is simple.
//
//   FrameRule rule;
//   if (!FindFrameRule(pc, &rule)) {
//     ...                            // the long way, by the unwind tables
//     if (MakeFrameRule(row, &rule)) AddFrameRule(pc, rule);
//   }
//
// Nearly all code is simple: the frame starts at a known distance from the
// stack or frame pointer, with the return address below. To look that up takes
// a nanosecond or two, the unwind tables a hundred. libunwind's "fast trace" is
// the same idea (src/x86_64/Gtrace.c), with a table in each thread.
#ifndef BENCH_PROFILER_STACK_FRAME_CACHE_H_
#define BENCH_PROFILER_STACK_FRAME_CACHE_H_

#include <cstdint>

#include "bench_profiler/stack/cfi_program.h"

namespace bench_profiler {

struct FrameRule {
  bool is_outermost = false;  // there is no caller
  bool by_frame_pointer = false;
  int32_t cfa_offset = 0;            // from the stack or frame pointer
  int16_t frame_pointer_offset = 0;  // where the caller's is saved, from the
                                     // CFA; 0: it is the same
};

// False if the frame is not simple: then its other registers matter.
bool MakeFrameRule(const FrameDescription& description, const CfiRow& row,
                   FrameRule* rule);

// `pc` is an address inside of the instruction, as for RunCfiProgram. Both are
// async-signal-safe and thread-safe without locks: an entry that is being
// changed is not found. An entry may take the place of another.
bool FindFrameRule(uintptr_t pc, FrameRule* rule);
void AddFrameRule(uintptr_t pc, const FrameRule& rule);

// To be called after code was unloaded: other code may come to its addresses.
void ForgetFrameRules();

// Changes with each ForgetFrameRules().
uint64_t FrameRuleGeneration();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_FRAME_CACHE_H_
