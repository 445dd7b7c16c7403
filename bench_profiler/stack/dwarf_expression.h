// Evaluates the DWARF expressions of call frame information. They describe PLT
// entries, signal trampolines and stacks that a function has realigned.
//
//   uintptr_t address = cfa;
//   if (EvaluateExpression(code, registers, &memory, &address)) ...
//
// Source: DWARF 5, 2.5 and 6.4.2 (which operations may not occur).
#ifndef BENCH_PROFILER_STACK_DWARF_EXPRESSION_H_
#define BENCH_PROFILER_STACK_DWARF_EXPRESSION_H_

#include <cstdint>

#include "bench_profiler/stack/arch/arch.h"
#include "bench_profiler/stack/byte_reader.h"
#include "bench_profiler/stack/stack_memory.h"

namespace bench_profiler {

// Runs `code` on a stack that holds `*value`, and stores the result there.
// Returns false if the code is damaged, runs too long, or reads memory that is
// not there. Async-signal-safe.
bool EvaluateExpression(ByteReader code, const Registers& registers,
                        StackMemory* memory, uintptr_t* value);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_DWARF_EXPRESSION_H_
