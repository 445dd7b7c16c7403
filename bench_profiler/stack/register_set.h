// The values of a frame's registers, by DWARF's numbers (stack/registers.h).
//
//   RegisterSet<17> registers;
//   registers[7] += 8;
#ifndef BENCH_PROFILER_STACK_REGISTER_SET_H_
#define BENCH_PROFILER_STACK_REGISTER_SET_H_

#include <cstddef>
#include <cstdint>

namespace bench_profiler {

template <size_t kSize>
struct RegisterSet {
  uintptr_t values[kSize];

  uintptr_t& operator[](size_t number) { return values[number]; }
  uintptr_t operator[](size_t number) const { return values[number]; }
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_REGISTER_SET_H_
