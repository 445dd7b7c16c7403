// Unwind tables, call frame instructions and expressions of arbitrary bytes: no
// read outside of them, no endless loop, no undefined behaviour.
//
//   cfi_fuzz -max_total_time=300 CORPUS_DIRECTORY
//
// The first byte of the input says what the others are.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <memory>

#include "bench_profiler/stack/arch/arch.h"
#include "bench_profiler/stack/cfi_frame.h"
#include "bench_profiler/stack/dwarf_expression.h"
#include "bench_profiler/stack/eh_frame.h"
#include "bench_profiler/stack/frame_cache.h"
#include "bench_profiler/stack/stack_memory.h"

namespace bench_profiler {
namespace {

constexpr size_t kStackWords = 64;

// A stack whose words point into it, as do the registers.
class Thread {
 public:
  Thread() {
    for (size_t i = 0; i < kStackWords; ++i) words_[i] = At(i * 5);
    for (size_t i = 0; i < kNumRegisters; ++i) registers_[i] = At(i * 3);
  }

  StackBounds bounds() const { return {At(0), At(0) + sizeof(words_)}; }
  const Registers& registers() const { return registers_; }

 private:
  uintptr_t At(size_t i) const {
    return reinterpret_cast<uintptr_t>(&words_[i % kStackWords]);
  }

  uintptr_t words_[kStackWords];
  Registers registers_;
};

// A copy that ends where the allocation does, so that AddressSanitizer sees
// each byte read beyond it.
struct Bytes {
  Bytes(const uint8_t* data, size_t data_size)
      : size(data_size), memory(new uint8_t[data_size]) {
    if (size > 0) std::memcpy(memory.get(), data, size);
  }
  const uint8_t* begin() const { return memory.get(); }
  const uint8_t* end() const { return memory.get() + size; }

  const size_t size;
  const std::unique_ptr<uint8_t[]> memory;
};

void Unwind(const UnwindTables& tables, uintptr_t pc) {
  FrameDescription description;
  if (!FindFrameDescription(tables, pc, &description)) return;
  const Thread thread;
  StackMemory memory(thread.bounds());
  Registers registers = thread.registers();
  CfiInitialRow initial;
  CfiRow row;
  if (!RunCfiProgram(description, pc, &initial, &row)) return;
  FrameRule rule;
  MakeFrameRule(description, row, &rule);
  UnwindFrame(tables, description, row, &memory, &registers);
}

// All of it: index, entries, instructions.
void FuzzTables(const uint8_t* data, size_t size) {
  const Bytes bytes(data, size);
  const UnwindTables tables = {bytes.begin(), bytes.begin(), bytes.end()};
  const auto begin = reinterpret_cast<uintptr_t>(bytes.begin());
  for (const unsigned offset : {0u, 100u, 1000u})
    Unwind(tables, begin + offset);
}

// A description that holds everywhere, with arbitrary instructions: a byte for
// the alignments, one for the size of the CIE's instructions.
void FuzzInstructions(const uint8_t* data, size_t size) {
  if (size < 2) return;
  const Bytes bytes(data + 2, size - 2);
  const UnwindTables tables = {bytes.begin(), bytes.begin(), bytes.end()};
  FrameDescription description;
  description.common.address = 1;
  description.common.code_alignment = data[0] & 15;
  description.common.data_alignment = -(data[0] >> 4);
  description.common.return_column = kReturnAddress;
  ByteReader reader(bytes.begin(), bytes.end());
  description.common.instructions = reader.Block(data[1] % (bytes.size + 1));
  description.instructions = reader;
  const Thread thread;
  for (const unsigned pc : {0u, 50u, 5000u}) {
    StackMemory memory(thread.bounds());
    Registers registers = thread.registers();
    CfiInitialRow initial;
    CfiRow row;
    if (!RunCfiProgram(description, pc, &initial, &row)) continue;
    UnwindFrame(tables, description, row, &memory, &registers);
  }
}

void FuzzExpression(const uint8_t* data, size_t size) {
  const Bytes bytes(data, size);
  const Thread thread;
  StackMemory memory(thread.bounds());
  uintptr_t value = thread.bounds().low;
  EvaluateExpression(ByteReader(bytes.begin(), bytes.end()), thread.registers(),
                     &memory, &value);
}

}  // namespace
}  // namespace bench_profiler

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  switch (data[0] % 3) {
    case 0:
      bench_profiler::FuzzTables(data + 1, size - 1);
      break;
    case 1:
      bench_profiler::FuzzInstructions(data + 1, size - 1);
      break;
    default:
      bench_profiler::FuzzExpression(data + 1, size - 1);
  }
  return 0;
}
