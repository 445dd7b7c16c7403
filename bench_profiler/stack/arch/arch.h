// The processor that this is built for: its registers, contexts and calls.
//
//   Registers registers = RegistersOf(*context);  // of the interrupted code
//   registers[kStackPointer] += 8;
//   if (ReturnFromLeaf(&memory, &registers) &&
//       FollowsCall(registers[kReturnAddress], &memory)) ...
//
//   ucontext_t here;
//   CaptureContext(&here);  // as if a signal had come here
//
// A new architecture is one more header with all of the following, and a row
// below. CMake reads the rows, too: where no macro of them is defined, targets
// are built without the profiler.
//
// kFramePointer, kStackPointer: numbers of registers, as DWARF has them.
//
// kReturnAddress: stands for where the frame's code is.
//
// kNumRegisters: how many are followed.
//
// Registers, RegisterMask: those of a frame; a bit for each of them.
//
// RegistersOf(context): what they are where a signal came.
//
// StackPointer(context), FramePointer(context): two of these.
//
// CaptureContext(&context): sets the registers that a function's caller can
// rely on, and no others: they are all that unwinding needs. (getcontext(3)
// also asks the kernel for the signal mask.) It is inlined, so that they are
// those of the caller.
//
// ThreadPointer(): the register by which this thread's variables are found, as
// clone(2) takes it with CLONE_SETTLS.
//
// CodeAddress(return_address): the address without what else is in it.
//
// FollowsCall(address, memory): true if a call instruction ends at the address,
// so that something may have been called from there.
//
// DirectCallTarget(address, memory): where the call leads that ends at the
// address; 0 if it does not end there, or is an indirect one.
//
// IsLinkageStub(function, memory): true for an entry of the procedure linkage
// table, which only jumps to a function of another library.
//
// ReturnFromLeaf(memory, registers): turns the registers of a function that has
// saved nothing so far into those of its caller. False, and nothing changed, if
// the stack cannot be read.
//
// All of them are async-signal-safe.
#ifndef BENCH_PROFILER_STACK_ARCH_ARCH_H_
#define BENCH_PROFILER_STACK_ARCH_ARCH_H_

#if defined(__x86_64__)
#include "bench_profiler/stack/arch/x86_64.h"  // IWYU pragma: export
#elif defined(__aarch64__)
#include "bench_profiler/stack/arch/aarch64.h"  // IWYU pragma: export
#else
#error "bench_profiler has no description of this processor"
#endif

#endif  // BENCH_PROFILER_STACK_ARCH_ARCH_H_
