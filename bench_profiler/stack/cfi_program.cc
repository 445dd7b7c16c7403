#include "bench_profiler/stack/cfi_program.h"

#include <cstddef>

namespace bench_profiler {
namespace {

// DWARF 5, table 7.29. The first three have an operand in their low six bits.
enum Opcode : uint8_t {
  kAdvanceLoc = 0x40,
  kOffset = 0x80,
  kRestore = 0xc0,
  kNop = 0x00,
  kSetLoc = 0x01,
  kAdvanceLoc1 = 0x02,
  kAdvanceLoc2 = 0x03,
  kAdvanceLoc4 = 0x04,
  kOffsetExtended = 0x05,
  kRestoreExtended = 0x06,
  kUndefined = 0x07,
  kSameValue = 0x08,
  kRegister = 0x09,
  kRememberState = 0x0a,
  kRestoreState = 0x0b,
  kDefCfa = 0x0c,
  kDefCfaRegister = 0x0d,
  kDefCfaOffset = 0x0e,
  kDefCfaExpression = 0x0f,
  kExpression = 0x10,
  kOffsetExtendedSf = 0x11,
  kDefCfaSf = 0x12,
  kDefCfaOffsetSf = 0x13,
  kValOffset = 0x14,
  kValOffsetSf = 0x15,
  kValExpression = 0x16,
  kAarch64NegateRaState = 0x2d,
  kGnuArgsSize = 0x2e,
  kGnuNegativeOffsetExtended = 0x2f,
};

// Compilers remember one state at a time; hand-written assembly may nest them.
constexpr size_t kMaxRemembered = 4;
// In bytes, to limit the time in a signal handler. The largest functions of
// interpreters have a few thousand.
constexpr ptrdiff_t kMaxSize = 1 << 16;

class Interpreter {
 public:
  // `initial` has the rules that DW_CFA_restore goes back to.
  Interpreter(const FrameDescription& description, const CfiRow& initial,
              CfiRow* row)
      : description_(description), initial_(initial), row_(row) {}

  bool Run(ByteReader code, uintptr_t pc) {
    if (code.end() - code.position() > kMaxSize) return false;
    uintptr_t location = description_.function;
    while (!code.AtEnd() && location <= pc) {
      const uint8_t byte = code.Byte();
      const uint8_t operand = byte & 0x3f;
      bool ok = true;
      switch (byte & 0xc0) {
        case kAdvanceLoc:
          location += operand * description_.common.code_alignment;
          break;
        case kOffset:
          ok = Set(operand, CfiRule::kOffset, Factored(code.Uleb()));
          break;
        case kRestore:
          ok = Restore(operand);
          break;
        default:
          if (operand >= kSetLoc && operand <= kAdvanceLoc4) {
            location = Advance(static_cast<Opcode>(operand), location, &code);
          } else {
            ok = Step(static_cast<Opcode>(operand), &code);
          }
      }
      if (!ok) return false;
    }
    return code.ok();
  }

 private:
  uintptr_t Advance(Opcode opcode, uintptr_t location, ByteReader* code) const {
    if (opcode == kSetLoc) {
      return code->Pointer(description_.common.pointer_encoding);
    }
    const uint64_t delta = opcode == kAdvanceLoc1   ? code->Byte()
                           : opcode == kAdvanceLoc2 ? code->Fixed<uint16_t>()
                                                    : code->Fixed<uint32_t>();
    return location + delta * description_.common.code_alignment;
  }

  bool Step(Opcode opcode, ByteReader* code) {
    switch (opcode) {
      case kNop:
      case kAarch64NegateRaState:  // signed or not: CodeAddress takes both
        return true;
      case kGnuArgsSize:  // pushed arguments: for exceptions only
        code->Uleb();
        return true;
      case kRememberState:
        if (num_remembered_ == kMaxRemembered) return false;
        remembered_[num_remembered_++] = *row_;
        return true;
      case kRestoreState:
        if (num_remembered_ == 0) return false;
        *row_ = remembered_[--num_remembered_];
        return true;
      case kDefCfa:
        return SetCfaRegister(code->Uleb()) && SetCfaOffset(code->Uleb());
      case kDefCfaSf:
        return SetCfaRegister(code->Uleb()) &&
               SetCfaOffset(Factored(code->Sleb()));
      case kDefCfaRegister:
        return SetCfaRegister(code->Uleb());
      case kDefCfaOffset:
        return SetCfaOffset(code->Uleb());
      case kDefCfaOffsetSf:
        return SetCfaOffset(Factored(code->Sleb()));
      case kDefCfaExpression:
        row_->cfa_register = CfiRow::kCfaIsExpression;
        return Narrow(Expression(code), &row_->cfa_value);
      default:
        return StepRegister(opcode, code->Uleb(), code);
    }
  }

  bool StepRegister(Opcode opcode, uint64_t number, ByteReader* code) {
    switch (opcode) {
      case kOffsetExtended:
        return Set(number, CfiRule::kOffset, Factored(code->Uleb()));
      case kOffsetExtendedSf:
        return Set(number, CfiRule::kOffset, Factored(code->Sleb()));
      case kGnuNegativeOffsetExtended:
        return Set(number, CfiRule::kOffset, Factored(0 - code->Uleb()));
      case kValOffset:
        return Set(number, CfiRule::kValOffset, Factored(code->Uleb()));
      case kValOffsetSf:
        return Set(number, CfiRule::kValOffset, Factored(code->Sleb()));
      case kRegister: {
        const uint64_t other = code->Uleb();
        if (other >= kNumRegisters) return false;
        return Set(number, CfiRule::kRegister, static_cast<int64_t>(other));
      }
      case kExpression:
        return Set(number, CfiRule::kExpression, Expression(code));
      case kValExpression:
        return Set(number, CfiRule::kValExpression, Expression(code));
      case kUndefined:
        return Set(number, CfiRule::kUndefined, 0);
      case kSameValue:
        if (number < kNumRegisters) row_->has_rule &= ~Bit(number);
        return true;
      case kRestoreExtended:
        return Restore(number);
      default:
        return false;
    }
  }

  // Some encodings are signed and some are not; as two's complement both can be
  // treated alike.
  template <typename Integer>
  int64_t Factored(Integer offset) const {
    return static_cast<int64_t>(
        static_cast<uint64_t>(offset) *
        static_cast<uint64_t>(description_.common.data_alignment));
  }

  static bool Narrow(int64_t value, int32_t* narrow) {
    *narrow = static_cast<int32_t>(value);
    return *narrow == value;
  }

  bool SetCfaRegister(uint64_t number) {
    row_->cfa_register = static_cast<uint8_t>(number);
    return number < kReturnAddress;
  }

  template <typename Integer>
  bool SetCfaOffset(Integer offset) {
    return row_->cfa_register != CfiRow::kCfaIsExpression &&
           Narrow(static_cast<int64_t>(offset), &row_->cfa_value);
  }

  static RegisterMask Bit(uint64_t number) { return RegisterMask{1} << number; }

  // Rules for other registers, such as vector registers, are ignored: no
  // caller's frame depends on them.
  bool Set(uint64_t number, CfiRule rule, int64_t value) {
    if (number >= kNumRegisters) return true;
    row_->has_rule |= Bit(number);
    row_->rules[number] = rule;
    return Narrow(value, &row_->values[number]);
  }

  bool Restore(uint64_t number) {
    if (number >= kNumRegisters) return true;
    const RegisterMask bit = Bit(number);
    row_->has_rule = (row_->has_rule & ~bit) | (initial_.has_rule & bit);
    row_->rules[number] = initial_.rules[number];
    row_->values[number] = initial_.values[number];
    return true;
  }

  int64_t Expression(ByteReader* code) const {
    const int64_t distance = code->position() - CfiOrigin(description_);
    code->Skip(code->Uleb());
    return distance;
  }

  const FrameDescription& description_;
  const CfiRow& initial_;
  CfiRow* const row_;
  CfiRow remembered_[kMaxRemembered];
  size_t num_remembered_ = 0;
};

}  // namespace

bool RunCfiProgram(const FrameDescription& description, uintptr_t pc,
                   CfiInitialRow* initial, CfiRow* row) {
  const CommonEntry& common = description.common;
  if (initial->common_entry != common.address) {
    initial->common_entry = 0;
    initial->row = {};
    const CfiRow nothing = {};
    // A CIE belongs to no address: all of its instructions apply.
    if (!Interpreter(description, nothing, &initial->row)
             .Run(common.instructions, UINTPTR_MAX)) {
      return false;
    }
    initial->common_entry = common.address;
  }
  *row = initial->row;
  return Interpreter(description, initial->row, row)
      .Run(description.instructions, pc);
}

}  // namespace bench_profiler
