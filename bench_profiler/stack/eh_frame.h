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
  // The object in memory. Nothing outside of it is read.
  const uint8_t* begin = nullptr;
  const uint8_t* end = nullptr;
};

// A common information entry (CIE). Points into the tables.
struct CommonEntry {
  uintptr_t address = 0;
  ByteReader instructions;
  uint64_t code_alignment = 0;
  int64_t data_alignment = 0;
  uint64_t return_column = 0;
  uint8_t pointer_encoding = kPointerAbsolute;
  bool has_augmentation_size = false;
  // The function is where a signal handler returns to: its caller was
  // interrupted, it made no call.
  bool is_signal_frame = false;
};

// A frame description entry (FDE): of one function.
struct FrameDescription {
  CommonEntry common;
  uintptr_t function = 0;  // its first instruction
  ByteReader instructions;
};

// False if the tables do not describe the function of `pc`, have no sorted
// index
// (.eh_frame_hdr of linkers since 2003 has one) or are damaged.
// Async-signal-safe.
bool FindFrameDescription(const UnwindTables& tables, uintptr_t pc,
                          FrameDescription* description);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_EH_FRAME_H_
