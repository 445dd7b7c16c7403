// Finds the call stack of another thread that waits in the kernel, from
// outside: the thread is not stopped and gets no signal.
//
//   const ThreadState state = ReadThreadState(tid);
//   if (state.is_waiting()) {
//     StackCopyBuffer copy;                         // 32 KiB
//     copy.Fill(state.stack_pointer);
//     StackTrace trace = WalkOtherStack(state.pc, copy.view(), pcs,
//     kMaxFrames);
//     // right if the thread has not run meanwhile
//   }
#ifndef BENCH_PROFILER_STACK_OTHER_STACK_H_
#define BENCH_PROFILER_STACK_OTHER_STACK_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/platform/thread_state.h"
#include "bench_profiler/stack/stack_memory.h"
#include "bench_profiler/stack/stack_walker.h"

namespace bench_profiler {

// Room for a copy of what most stacks are.
class StackCopyBuffer {
 public:
  // Copies the stack from its lowest address on. Of a deep stack the rest is
  // read when it is needed.
  void Fill(uintptr_t stack_pointer) {
    low_ = stack_pointer;
    size_ = CopyMemory(low_, bytes_, sizeof(bytes_));
  }

  StackCopy view() const {
    return {{low_, low_ + size_}, reinterpret_cast<uintptr_t>(bytes_)};
  }

 private:
  alignas(16) unsigned char bytes_[size_t{32} << 10];
  uintptr_t low_ = 0;
  size_t size_ = 0;
};

// As WalkStackByCfi, of the frame at `pc` whose stack begins at the copy's
// lowest address. The kernel tells no other registers. Where the frame pointer
// is needed, because code was built with -fno-omit-frame-pointer or has
// variable arrays, the stack is searched for where it points to: a return
// address with a frame pointer below it, from where the walk comes to the
// thread's first function. Never crashes.
StackTrace WalkOtherStack(uintptr_t pc, const StackCopy& stack, uintptr_t* pcs,
                          size_t max_pcs);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_OTHER_STACK_H_
