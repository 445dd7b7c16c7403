#include "bench_profiler/stack/cfi_frame.h"

#include "bench_profiler/stack/dwarf_expression.h"

namespace bench_profiler {
namespace {

class Frame {
 public:
  Frame(const UnwindTables& tables, const FrameDescription& description,
        StackMemory* memory, const Registers& registers)
      : tables_(tables),
        description_(description),
        memory_(memory),
        registers_(registers) {}

  // `caller` starts as a copy of the callee's registers.
  bool Unwind(const CfiRow& row, Registers* caller) const {
    // The outermost functions (_start, clone) say that they have no caller.
    const uint64_t return_column = description_.common.return_column;
    if (return_column >= kNumRegisters) return false;
    const bool returns_by_rule = HasRule(row, return_column);
    if (return_column == kReturnAddress && !returns_by_rule) return false;
    if (returns_by_rule && row.rules[return_column] == CfiRule::kUndefined) {
      return false;
    }

    uintptr_t cfa = 0;
    if (row.cfa_register != CfiRow::kCfaIsExpression) {
      cfa = registers_[row.cfa_register] + Extend(row.cfa_value);
    } else if (!Evaluate(row.cfa_value, &cfa)) {
      return false;
    }
    (*caller)[kStackPointer] = cfa;  // unless a rule says otherwise
    for (RegisterMask left = row.has_rule; left != 0; left &= left - 1) {
      const auto number = static_cast<size_t>(__builtin_ctzll(left));
      if (!Apply(row.rules[number], row.values[number], cfa,
                 &(*caller)[number])) {
        return false;
      }
    }
    (*caller)[kReturnAddress] = CodeAddress((*caller)[return_column]);
    return true;
  }

 private:
  static bool HasRule(const CfiRow& row, uint64_t number) {
    return (row.has_rule >> number & 1) != 0;
  }

  static uintptr_t Extend(int32_t value) {
    return static_cast<uintptr_t>(intptr_t{value});
  }

  bool Apply(CfiRule rule, int32_t value, uintptr_t cfa,
             uintptr_t* result) const {
    switch (rule) {
      case CfiRule::kOffset:
        return memory_->Read(cfa + Extend(value), result);
      case CfiRule::kValOffset:
        *result = cfa + Extend(value);
        return true;
      case CfiRule::kRegister:
        *result = registers_[static_cast<size_t>(value)];
        return true;
      case CfiRule::kExpression: {
        uintptr_t address = cfa;
        return Evaluate(value, &address) && memory_->Read(address, result);
      }
      case CfiRule::kValExpression:
        *result = cfa;
        return Evaluate(value, result);
      case CfiRule::kUndefined:
        return true;
    }
    return false;
  }

  bool Evaluate(int32_t distance, uintptr_t* value) const {
    ByteReader reader(CfiOrigin(description_) + distance, tables_.end);
    const uint64_t size = reader.Uleb();
    const ByteReader code = reader.Block(size);
    return code.ok() && EvaluateExpression(code, registers_, memory_, value);
  }

  const UnwindTables& tables_;
  const FrameDescription& description_;
  StackMemory* const memory_;
  const Registers& registers_;
};

}  // namespace

bool UnwindFrame(const UnwindTables& tables,
                 const FrameDescription& description, const CfiRow& row,
                 StackMemory* memory, Registers* registers) {
  const Registers callee = *registers;
  return Frame(tables, description, memory, callee).Unwind(row, registers);
}

}  // namespace bench_profiler
