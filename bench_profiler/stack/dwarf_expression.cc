#include "bench_profiler/stack/dwarf_expression.h"

#include <algorithm>
#include <cstddef>

#include "bench_profiler/stack/dwarf_operations.h"

namespace bench_profiler {
namespace {

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
    if (operation >= kOpLit0 && operation <= kOpLit31) {
      Push(operation - kOpLit0);
    } else if (operation >= kOpBreg0 && operation <= kOpBreg31) {
      PushRegister(operation - kOpBreg0);
    } else if (operation >= kOpAddr && operation <= kOpConsts &&
               operation != kOpDeref) {
      PushConstant(operation);
    } else if (operation >= kOpDup && operation <= kOpRot) {
      Rearrange(operation);
    } else if (operation == kOpAbs || operation == kOpNeg ||
               operation == kOpNot || operation == kOpPlusUconst) {
      Unary(operation);
    } else if (operation >= kOpAnd && operation <= kOpNe &&
               operation != kOpBra) {
      Binary(operation);
    } else {
      StepOther(operation);
    }
  }

  void StepOther(uint8_t operation) {
    switch (operation) {
      case kOpNop:
        return;
      case kOpBregx:
        return PushRegister(code_.Uleb());
      case kOpDeref:
        return Dereference(sizeof(uintptr_t));
      case kOpDerefSize:
        return Dereference(code_.Byte());
      case kOpSkip:
        return Jump(code_.Fixed<int16_t>());
      case kOpBra: {
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
      case kOpAddr:
      case kOpConst8u:
      case kOpConst8s:
        return Push(code_.Fixed<uint64_t>());
      case kOpConst1u:
        return Push(code_.Byte());
      case kOpConst1s:
        return PushSigned(code_.Fixed<int8_t>());
      case kOpConst2u:
        return Push(code_.Fixed<uint16_t>());
      case kOpConst2s:
        return PushSigned(code_.Fixed<int16_t>());
      case kOpConst4u:
        return Push(code_.Fixed<uint32_t>());
      case kOpConst4s:
        return PushSigned(code_.Fixed<int32_t>());
      case kOpConstu:
        return Push(code_.Uleb());
      case kOpConsts:
        return PushSigned(code_.Sleb());
      default:
        ok_ = false;
    }
  }

  void Rearrange(uint8_t operation) {
    switch (operation) {
      case kOpDup:
        return Push(Peek(0));
      case kOpDrop:
        Pop();
        return;
      case kOpOver:
        return Push(Peek(1));
      case kOpPick:
        return Push(Peek(code_.Byte()));
      default: {  // kOpSwap, kOpRot: the top goes under one or two entries
        const size_t moved = operation == kOpSwap ? 1 : 2;
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
      case kOpAbs:
        return Push(static_cast<intptr_t>(value) < 0 ? 0 - value : value);
      case kOpNeg:
        return Push(0 - value);
      case kOpNot:
        return Push(~value);
      default:  // kOpPlusUconst
        return Push(value + code_.Uleb());
    }
  }

  void Binary(uint8_t operation) {
    const uintptr_t right = Pop();
    const uintptr_t left = Pop();
    const auto signed_right = static_cast<intptr_t>(right);
    const auto signed_left = static_cast<intptr_t>(left);
    switch (operation) {
      case kOpAnd:
        return Push(left & right);
      case kOpOr:
        return Push(left | right);
      case kOpXor:
        return Push(left ^ right);
      case kOpPlus:
        return Push(left + right);
      case kOpMinus:
        return Push(left - right);
      case kOpMul:
        return Push(left * right);
      case kOpDiv:  // signed; -1 is special: INTPTR_MIN / -1 traps
        if (right == 0) break;
        return Push(signed_right == -1
                        ? 0 - left
                        : static_cast<uintptr_t>(signed_left / signed_right));
      case kOpMod:  // unsigned
        if (right == 0) break;
        return Push(left % right);
      case kOpShl:
        return Push(right < kBits ? left << right : 0);
      case kOpShr:
        return Push(right < kBits ? left >> right : 0);
      case kOpShra:
        return PushSigned(signed_left >> (right < kBits ? right : kBits - 1));
      case kOpEq:
        return Push(left == right);
      case kOpNe:
        return Push(left != right);
      case kOpGe:
        return Push(signed_left >= signed_right);
      case kOpGt:
        return Push(signed_left > signed_right);
      case kOpLe:
        return Push(signed_left <= signed_right);
      case kOpLt:
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
