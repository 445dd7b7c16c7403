// Remembers how to get from the frame at a code address to its caller, if that
// is simple.
//
//   FrameRule rule;
//   if (!FindFrameRule(pc, &rule)) {
//     ...                            // the long way, by the unwind tables
//     if (MakeFrameRule(row, &rule)) AddFrameRule(pc, rule);
//   }
//
// It is simple for nearly all code: the frame starts at a known distance from
// the stack or frame pointer, and the return address is just below its start.
// Looking that up here takes a nanosecond or two, finding it in the unwind
// tables a hundred. libunwind's "fast trace" is the same idea
// (src/x86_64/Gtrace.c) with a table in each thread.
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

// Returns false if the frame is not simple, so that its other registers are
// needed.
bool MakeFrameRule(const FrameDescription& description, const CfiRow& row,
                   FrameRule* rule);

// `pc` is any address inside of the instruction, as for RunCfiProgram. Both
// functions are async-signal-safe and thread-safe without locks: an entry that
// is being changed is not found. A new entry may overwrite another one.
bool FindFrameRule(uintptr_t pc, FrameRule* rule);
void AddFrameRule(uintptr_t pc, const FrameRule& rule);

// Must be called after code was unloaded, since other code may be loaded to the
// same addresses.
void ForgetFrameRules();

// Changes with each ForgetFrameRules().
uint64_t FrameRuleGeneration();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_FRAME_CACHE_H_
