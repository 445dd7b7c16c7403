// Call frame instructions and expressions one by one: compilers write few of
// them, and the others are used where nobody looks.
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "bench_profiler/stack/cfi_program.h"
#include "bench_profiler/stack/dwarf_expression.h"
#include "bench_profiler/stack/stack_memory.h"

namespace bench_profiler {
namespace {

using Code = std::vector<uint8_t>;

ByteReader Reader(const Code& code) {
  return ByteReader(code.data(), code.data() + code.size());
}

// --- instructions
// -------------------------------------------------------------

// As compilers for x86-64 begin: CFA = rsp + 8, return address at CFA - 8.
const Code kInitial = {0x0c, 7, 8, 0x90, 1};

bool RunCode(const Code& code, uintptr_t pc, CfiRow* row) {
  Code all = kInitial;
  all.insert(all.end(), code.begin(), code.end());
  ByteReader reader = Reader(all);
  FrameDescription description;
  description.common.address = 1;
  description.common.code_alignment = 1;
  description.common.data_alignment = -8;
  description.common.instructions = reader.Block(kInitial.size());
  description.function = 1000;
  description.instructions = reader;
  CfiInitialRow initial;
  return RunCfiProgram(description, pc, &initial, row);
}

bool HasRule(const CfiRow& row, size_t number) {
  return (row.has_rule >> number & 1) != 0;
}

void ExpectRule(const Code& code, size_t number, CfiRule rule, int32_t value) {
  CfiRow row;
  ASSERT_TRUE(RunCode(code, 2000, &row));
  ASSERT_TRUE(HasRule(row, number));
  EXPECT_EQ(row.rules[number], rule);
  EXPECT_EQ(row.values[number], value);
}

void ExpectCfa(const Code& code, uintptr_t pc, unsigned number, int32_t value) {
  CfiRow row;
  ASSERT_TRUE(RunCode(code, pc, &row));
  EXPECT_EQ(row.cfa_register, number);
  EXPECT_EQ(row.cfa_value, value);
}

TEST(CfiProgramTest, InitialRulesHold) {
  ExpectRule({0x00}, kReturnAddress, CfiRule::kOffset, -8);
  ExpectCfa({0x00}, 1000, kStackPointer, 8);
}

TEST(CfiProgramTest, StopsAfterTheRowOfThePc) {
  // advance_loc 1, advance_loc1 2, advance_loc2 300, advance_loc4 1000.
  const Code code = {0x41, 0x0e, 16,   0x02, 2,   0x0e, 24, 0x03, 0x2c, 1,
                     0x0e, 32,   0x04, 0xe8, 0x3, 0,    0,  0x0e, 40};
  ExpectCfa(code, 1000, kStackPointer, 8);
  ExpectCfa(code, 1001, kStackPointer, 16);
  ExpectCfa(code, 1002, kStackPointer, 16);
  ExpectCfa(code, 1003, kStackPointer, 24);
  ExpectCfa(code, 1302, kStackPointer, 24);
  ExpectCfa(code, 1303, kStackPointer, 32);
  ExpectCfa(code, 2303, kStackPointer, 40);
}

TEST(CfiProgramTest, SetLocIsAbsolute) {
  const Code code = {0x01, 0x4c, 4, 0, 0, 0, 0, 0, 0, 0x0e, 16};
  ExpectCfa(code, 1099, kStackPointer, 8);
  ExpectCfa(code, 1100, kStackPointer, 16);
}

TEST(CfiProgramTest, DefinesTheCfa) {
  ExpectCfa({0x0c, 6, 0x90, 1}, 1000, kFramePointer, 144);
  ExpectCfa({0x0d, 6}, 1000, kFramePointer, 8);
  ExpectCfa({0x12, 6, 0x7e}, 1000, kFramePointer, 16);  // def_cfa_sf -2
  ExpectCfa({0x13, 0x7d}, 1000, kStackPointer, 24);     // def_cfa_offset_sf -3
  ExpectCfa({0x0f, 1, 0x30}, 1000, CfiRow::kCfaIsExpression, 1);
}

TEST(CfiProgramTest, FindsRegisters) {
  ExpectRule({0x86, 2}, 6, CfiRule::kOffset, -16);
  ExpectRule({0x05, 6, 2}, 6, CfiRule::kOffset, -16);
  ExpectRule({0x11, 6, 0x7e}, 6, CfiRule::kOffset, 16);
  ExpectRule({0x2f, 6, 2}, 6, CfiRule::kOffset, 16);
  ExpectRule({0x14, 6, 2}, 6, CfiRule::kValOffset, -16);
  ExpectRule({0x15, 6, 0x7e}, 6, CfiRule::kValOffset, 16);
  ExpectRule({0x09, 6, 3}, 6, CfiRule::kRegister, 3);
  ExpectRule({0x07, 16}, 16, CfiRule::kUndefined, 0);
  ExpectRule({0x10, 6, 1, 0x30}, 6, CfiRule::kExpression, 2);
  ExpectRule({0x16, 6, 1, 0x30}, 6, CfiRule::kValExpression, 2);
  ExpectRule({0x2e, 16, 0x00, 0x86, 2}, 6, CfiRule::kOffset, -16);
  ExpectRule({0x91, 2, 0x86, 2}, 6, CfiRule::kOffset, -16);  // xmm0 is left out
}

TEST(CfiProgramTest, ForgetsAndRestores) {
  CfiRow row;
  ASSERT_TRUE(RunCode({0x86, 2, 0x08, 6}, 2000, &row));  // same_value
  EXPECT_FALSE(HasRule(row, 6));
  ASSERT_TRUE(RunCode({0x86, 2, 0xc6}, 2000, &row));  // restore
  EXPECT_FALSE(HasRule(row, 6));
  ExpectRule({0x90, 5, 0xd0}, 16, CfiRule::kOffset, -8);
  ExpectRule({0x90, 5, 0x06, 16}, 16, CfiRule::kOffset, -8);
  // remember_state, changes, restore_state.
  ExpectRule({0x86, 2, 0x0a, 0x0e, 64, 0x86, 9, 0x0b}, 6, CfiRule::kOffset,
             -16);
  ExpectCfa({0x0a, 0x0e, 64, 0x0b}, 1000, kStackPointer, 8);
}

TEST(CfiProgramTest, RefusesDamage) {
  CfiRow row;
  EXPECT_FALSE(RunCode({0x0b}, 2000, &row));           // nothing remembered
  EXPECT_FALSE(RunCode(Code(100, 0x0a), 2000, &row));  // too much remembered
  EXPECT_FALSE(RunCode({0x3f, 0}, 2000, &row));        // unknown
  EXPECT_FALSE(RunCode({0x0e}, 2000, &row));           // cut off
  EXPECT_FALSE(RunCode({0x0f, 9, 0x30}, 2000, &row));  // expression cut off
  EXPECT_FALSE(RunCode({0x0c, 16, 8}, 2000, &row));    // no such register
  EXPECT_FALSE(RunCode(Code(1 << 17, 0x00), 2000, &row));  // too long
}

// --- expressions
// --------------------------------------------------------------

struct Value {
  bool ok = false;
  uintptr_t value = 0;
};

// On a stack that holds 100; rbx is 1000, rbp points to kMemory.
const uint64_t kMemory[] = {0x1122334455667788, 42};
Value Evaluate(const Code& code) {
  Registers registers = {};
  registers[3] = 1000;
  registers[kFramePointer] = reinterpret_cast<uintptr_t>(kMemory);
  StackMemory memory((StackBounds()));
  Value result;
  result.value = 100;
  result.ok =
      EvaluateExpression(Reader(code), registers, &memory, &result.value);
  return result;
}

struct Case {
  Code code;
  int64_t value;
};

class DwarfOperationTest : public testing::TestWithParam<Case> {};

TEST_P(DwarfOperationTest, Evaluates) {
  const Value result = Evaluate(GetParam().code);
  EXPECT_TRUE(result.ok);
  EXPECT_EQ(static_cast<int64_t>(result.value), GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(
    Operations, DwarfOperationTest,
    testing::Values(Case{{0x96}, 100}, Case{{0x4f}, 31},
                    Case{{0x03, 1, 2, 0, 0, 0, 0, 0, 0}, 513},
                    Case{{0x08, 0xff}, 255}, Case{{0x09, 0xff}, -1},
                    Case{{0x0a, 0xff, 0xff}, 65535},
                    Case{{0x0b, 0xfe, 0xff}, -2},
                    Case{{0x0c, 0xff, 0xff, 0xff, 0xff}, 0xffffffff},
                    Case{{0x0d, 0xff, 0xff, 0xff, 0xff}, -1},
                    Case{{0x0e, 1, 0, 0, 0, 0, 0, 0, 0x80}, INT64_MIN + 1},
                    Case{{0x10, 0x80, 1}, 128}, Case{{0x11, 0x7f}, -1},
                    Case{{0x73, 5}, 1005}, Case{{0x73, 0x7b}, 995},
                    Case{{0x92, 3, 5}, 1005}));

INSTANTIATE_TEST_SUITE_P(
    Stack, DwarfOperationTest,
    testing::Values(Case{{0x12, 0x22}, 200}, Case{{0x31, 0x13}, 100},
                    Case{{0x31, 0x14}, 100}, Case{{0x31, 0x32, 0x15, 2}, 100},
                    Case{{0x31, 0x16}, 100},
                    // 100 1 2 -> rot -> 2 100 1
                    Case{{0x31, 0x32, 0x17}, 1},
                    Case{{0x31, 0x32, 0x17, 0x13}, 100},
                    Case{{0x31, 0x32, 0x17, 0x13, 0x13}, 2}));

INSTANTIATE_TEST_SUITE_P(
    Arithmetic, DwarfOperationTest,
    testing::Values(Case{{0x09, 0xfb, 0x19}, 5}, Case{{0x33, 0x1a}, 0},
                    Case{{0x09, 0xfd, 0x1b}, -33}, Case{{0x33, 0x1c}, 97},
                    Case{{0x37, 0x1d}, 2}, Case{{0x33, 0x1e}, 300},
                    Case{{0x1f}, -100}, Case{{0x20}, -101},
                    Case{{0x33, 0x21}, 103}, Case{{0x33, 0x22}, 103},
                    Case{{0x23, 0x80, 1}, 228}, Case{{0x33, 0x24}, 800},
                    Case{{0x33, 0x25}, 12}, Case{{0x1f, 0x32, 0x26}, -25},
                    Case{{0x34, 0x27}, 96}, Case{{0x08, 64, 0x24}, 0},
                    Case{{0x08, 64, 0x25}, 0}, Case{{0x1f, 0x08, 64, 0x26}, -1},
                    // The one quotient that does not fit traps in hardware.
                    Case{{0x0e, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x09, 0xff, 0x1b},
                         INT64_MIN}));

INSTANTIATE_TEST_SUITE_P(
    Comparisons, DwarfOperationTest,
    testing::Values(Case{{0x08, 100, 0x29}, 1}, Case{{0x08, 100, 0x2a}, 1},
                    Case{{0x08, 100, 0x2b}, 0}, Case{{0x08, 100, 0x2c}, 1},
                    Case{{0x08, 100, 0x2d}, 0}, Case{{0x08, 100, 0x2e}, 0},
                    Case{{0x09, 0xff, 0x2b}, 1},  // signed
                    Case{{0x2f, 1, 0, 0x31}, 100},
                    Case{{0x31, 0x28, 1, 0, 0x35}, 100},
                    Case{{0x30, 0x28, 1, 0, 0x35}, 5}));

INSTANTIATE_TEST_SUITE_P(Memory, DwarfOperationTest,
                         testing::Values(Case{{0x76, 8, 0x06}, 42},
                                         Case{{0x76, 0, 0x94, 2}, 0x7788},
                                         Case{{0x76, 0, 0x94, 1}, 0x88}));

INSTANTIATE_TEST_SUITE_P(
    // CFA of a PLT entry as linkers write it: rsp + 8, 8 more after the push.
    PltEntry, DwarfOperationTest,
    testing::Values(Case{
        {0x77, 8, 0x80, 0, 0x3f, 0x1a, 0x3b, 0x2a, 0x33, 0x24, 0x22}, 8}));

TEST(DwarfExpressionTest, RefusesDamage) {
  EXPECT_FALSE(Evaluate({0x13}).ok);              // nothing left
  EXPECT_FALSE(Evaluate({0x22}).ok);              // one operand
  EXPECT_FALSE(Evaluate({0x17}).ok);              // one of three
  EXPECT_FALSE(Evaluate({0x15, 1}).ok);           // below the stack
  EXPECT_FALSE(Evaluate({0x30, 0x1b}).ok);        // division by zero
  EXPECT_FALSE(Evaluate({0x30, 0x1d}).ok);        // modulo zero
  EXPECT_FALSE(Evaluate({0x06}).ok);              // address 100
  EXPECT_FALSE(Evaluate({0x76, 0, 0x94, 9}).ok);  // nine bytes
  EXPECT_FALSE(Evaluate({0x2f, 0xfd, 0xff}).ok);  // endless loop
  EXPECT_FALSE(Evaluate({0x2f, 0xf0, 0xff}).ok);  // before the code
  EXPECT_FALSE(Evaluate({0x2f, 1, 0}).ok);        // after the code
  EXPECT_FALSE(Evaluate({0x08}).ok);              // cut off
  EXPECT_FALSE(Evaluate({0x92, 17, 0}).ok);       // no such register
  EXPECT_FALSE(Evaluate({0x9c}).ok);              // call_frame_cfa
  EXPECT_FALSE(Evaluate(Code(100, 0x30)).ok);     // too deep
  EXPECT_FALSE(Evaluate({0x10, 0x80, 0x80}).ok);  // endless LEB128
}

}  // namespace
}  // namespace bench_profiler
