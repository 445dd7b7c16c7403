// Finds what an object's unwind tables say about a function.
//
//   FrameDescription description;
//   if (FindFrameDescription(tables, pc, &description)) ...
//
// Source: Linux Standard Base, Core, "Exception Frames" (.eh_frame and
// .eh_frame_hdr).
#ifndef BENCH_PROFILER_STACK_EH_FRAME_H_
#define BENCH_PROFILER_STACK_EH_FRAME_H_

#include <cstdint>

#include "bench_profiler/stack/byte_reader.h"

namespace bench_profiler {

// The unwind tables of one loaded object.
struct UnwindTables {
  const uint8_t* header = nullptr;  // .eh_frame_hdr
  // Where the object is in memory. Nothing outside of it is read.
  const uint8_t* begin = nullptr;
  const uint8_t* end = nullptr;
};

// A common information entry (CIE). It points into the tables.
struct CommonEntry {
  uintptr_t address = 0;
  ByteReader instructions;
  uint64_t code_alignment = 0;
  int64_t data_alignment = 0;
  uint64_t return_column = 0;
  uint8_t pointer_encoding = kPointerAbsolute;
  bool has_augmentation_size = false;
  // The function is what a signal handler returns to, so its caller made no
  // call but was interrupted.
  bool is_signal_frame = false;
};

// A frame description entry (FDE), which describes one function.
struct FrameDescription {
  CommonEntry common;
  uintptr_t function = 0;  // its first instruction
  ByteReader instructions;
};

// Returns false if the tables do not describe the function of `pc`, are damaged
// or have no sorted index, which linkers since 2003 write into .eh_frame_hdr.
// Async-signal-safe.
bool FindFrameDescription(const UnwindTables& tables, uintptr_t pc,
                          FrameDescription* description);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_EH_FRAME_H_
