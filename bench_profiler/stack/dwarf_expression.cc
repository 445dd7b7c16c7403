#include "bench_profiler/stack/dwarf_expression.h"

#include <algorithm>
#include <cstddef>

namespace bench_profiler {
namespace {

// DWARF 5, table 7.9.
enum Operation : uint8_t {
  kAddr = 0x03,
  kDeref = 0x06,
  kConst1u = 0x08,
  kConst1s = 0x09,
  kConst2u = 0x0a,
  kConst2s = 0x0b,
  kConst4u = 0x0c,
  kConst4s = 0x0d,
  kConst8u = 0x0e,
  kConst8s = 0x0f,
  kConstu = 0x10,
  kConsts = 0x11,
  kDup = 0x12,
  kDrop = 0x13,
  kOver = 0x14,
  kPick = 0x15,
  kSwap = 0x16,
  kRot = 0x17,
  kAbs = 0x19,
  kAnd = 0x1a,
  kDiv = 0x1b,
  kMinus = 0x1c,
  kMod = 0x1d,
  kMul = 0x1e,
  kNeg = 0x1f,
  kNot = 0x20,
  kOr = 0x21,
  kPlus = 0x22,
  kPlusUconst = 0x23,
  kShl = 0x24,
  kShr = 0x25,
  kShra = 0x26,
  kXor = 0x27,
  kBra = 0x28,
  kEq = 0x29,
  kGe = 0x2a,
  kGt = 0x2b,
  kLe = 0x2c,
  kLt = 0x2d,
  kNe = 0x2e,
  kSkip = 0x2f,
  kLit0 = 0x30,
  kLit31 = 0x4f,
  kBreg0 = 0x70,
  kBreg31 = 0x8f,
  kBregx = 0x92,
  kDerefSize = 0x94,
  kNop = 0x96,
};

constexpr unsigned kBits = 64;
constexpr size_t kMaxDepth = 16;         // a PLT entry needs four
constexpr size_t kMaxOperations = 1000;  // an expression may loop

class Evaluator {
 public:
  Evaluator(ByteReader code, const Registers& registers, StackMemory* memory)
      : begin_(code.position()),
        code_(code),
        registers_(registers),
        memory_(memory) {}

  bool Run(uintptr_t* value) {
    Push(*value);
    for (size_t i = 0; !code_.AtEnd(); ++i) {
      if (i == kMaxOperations) return false;
      Step(code_.Byte());
      if (!ok_ || !code_.ok()) return false;
    }
    *value = Pop();
    return ok_ && code_.ok();
  }

 private:
  void Step(uint8_t operation) {
    if (operation >= kLit0 && operation <= kLit31) {
      Push(operation - kLit0);
    } else if (operation >= kBreg0 && operation <= kBreg31) {
      PushRegister(operation - kBreg0);
    } else if (operation >= kAddr && operation <= kConsts &&
               operation != kDeref) {
      PushConstant(operation);
    } else if (operation >= kDup && operation <= kRot) {
      Rearrange(operation);
    } else if (operation == kAbs || operation == kNeg || operation == kNot ||
               operation == kPlusUconst) {
      Unary(operation);
    } else if (operation >= kAnd && operation <= kNe && operation != kBra) {
      Binary(operation);
    } else {
      StepOther(operation);
    }
  }

  void StepOther(uint8_t operation) {
    switch (operation) {
      case kNop:
        return;
      case kBregx:
        return PushRegister(code_.Uleb());
      case kDeref:
        return Dereference(sizeof(uintptr_t));
      case kDerefSize:
        return Dereference(code_.Byte());
      case kSkip:
        return Jump(code_.Fixed<int16_t>());
      case kBra: {
        const int16_t distance = code_.Fixed<int16_t>();
        if (Pop() != 0) Jump(distance);
        return;
      }
      default:
        ok_ = false;
    }
  }

  void PushRegister(uint64_t number) {
    const auto offset = static_cast<uintptr_t>(code_.Sleb());
    if (number >= kNumRegisters) {
      ok_ = false;
      return;
    }
    Push(registers_[number] + offset);
  }

  void PushConstant(uint8_t operation) {
    switch (operation) {
      case kAddr:
      case kConst8u:
      case kConst8s:
        return Push(code_.Fixed<uint64_t>());
      case kConst1u:
        return Push(code_.Byte());
      case kConst1s:
        return PushSigned(code_.Fixed<int8_t>());
      case kConst2u:
        return Push(code_.Fixed<uint16_t>());
      case kConst2s:
        return PushSigned(code_.Fixed<int16_t>());
      case kConst4u:
        return Push(code_.Fixed<uint32_t>());
      case kConst4s:
        return PushSigned(code_.Fixed<int32_t>());
      case kConstu:
        return Push(code_.Uleb());
      case kConsts:
        return PushSigned(code_.Sleb());
      default:
        ok_ = false;
    }
  }

  void Rearrange(uint8_t operation) {
    switch (operation) {
      case kDup:
        return Push(Peek(0));
      case kDrop:
        Pop();
        return;
      case kOver:
        return Push(Peek(1));
      case kPick:
        return Push(Peek(code_.Byte()));
      default: {  // kSwap, kRot: the top goes under one or two entries
        const size_t moved = operation == kSwap ? 1 : 2;
        if (moved >= depth_) {
          ok_ = false;
          return;
        }
        std::rotate(stack_ + depth_ - 1 - moved, stack_ + depth_ - 1,
                    stack_ + depth_);
      }
    }
  }

  void Unary(uint8_t operation) {
    const uintptr_t value = Pop();
    switch (operation) {
      case kAbs:
        return Push(static_cast<intptr_t>(value) < 0 ? 0 - value : value);
      case kNeg:
        return Push(0 - value);
      case kNot:
        return Push(~value);
      default:  // kPlusUconst
        return Push(value + code_.Uleb());
    }
  }

  void Binary(uint8_t operation) {
    const uintptr_t right = Pop();
    const uintptr_t left = Pop();
    const auto signed_right = static_cast<intptr_t>(right);
    const auto signed_left = static_cast<intptr_t>(left);
    switch (operation) {
      case kAnd:
        return Push(left & right);
      case kOr:
        return Push(left | right);
      case kXor:
        return Push(left ^ right);
      case kPlus:
        return Push(left + right);
      case kMinus:
        return Push(left - right);
      case kMul:
        return Push(left * right);
      case kDiv:  // signed; -1 apart, since INTPTR_MIN / -1 traps
        if (right == 0) break;
        return Push(signed_right == -1
                        ? 0 - left
                        : static_cast<uintptr_t>(signed_left / signed_right));
      case kMod:  // unsigned
        if (right == 0) break;
        return Push(left % right);
      case kShl:
        return Push(right < kBits ? left << right : 0);
      case kShr:
        return Push(right < kBits ? left >> right : 0);
      case kShra:
        return PushSigned(signed_left >> (right < kBits ? right : kBits - 1));
      case kEq:
        return Push(left == right);
      case kNe:
        return Push(left != right);
      case kGe:
        return Push(signed_left >= signed_right);
      case kGt:
        return Push(signed_left > signed_right);
      case kLe:
        return Push(signed_left <= signed_right);
      case kLt:
        return Push(signed_left < signed_right);
      default:
        break;
    }
    ok_ = false;
  }

  void Dereference(size_t size) {
    uintptr_t word = 0;
    if (size == 0 || size > sizeof(word) || !memory_->Read(Pop(), &word)) {
      ok_ = false;
      return;
    }
    const size_t unused_bits = 8 * (sizeof(word) - size);
    Push(word << unused_bits >> unused_bits);
  }

  void Jump(int16_t distance) {
    const ptrdiff_t target = code_.position() - begin_ + distance;
    if (target < 0 || target > code_.end() - begin_) {
      ok_ = false;
      return;
    }
    code_ = ByteReader(begin_ + target, code_.end());
  }

  void Push(uintptr_t value) {
    if (depth_ == kMaxDepth) {
      ok_ = false;
      return;
    }
    stack_[depth_++] = value;
  }
  void PushSigned(intptr_t value) { Push(static_cast<uintptr_t>(value)); }

  uintptr_t Pop() {
    const uintptr_t value = Peek(0);
    if (depth_ > 0) --depth_;
    return value;
  }

  uintptr_t Peek(size_t below_top) {
    if (below_top < depth_) return stack_[depth_ - 1 - below_top];
    ok_ = false;
    return 0;
  }

  const uint8_t* const begin_;
  ByteReader code_;
  const Registers& registers_;
  StackMemory* const memory_;
  uintptr_t stack_[kMaxDepth];
  size_t depth_ = 0;
  bool ok_ = true;
};

}  // namespace

bool EvaluateExpression(ByteReader code, const Registers& registers,
                        StackMemory* memory, uintptr_t* value) {
  return Evaluator(code, registers, memory).Run(value);
}

}  // namespace bench_profiler
