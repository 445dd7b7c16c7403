// Known functions and lines, in every form of debug information.
#include "bench_profiler/symbolize/symbolizer.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "tests/symbolize/llvm_symbolizer.h"
#include "tests/symbolize/test_program.h"

namespace bench_profiler {
namespace {

enum class Knows {
  kAll,           // inlined frames, lines, names in full
  kPlainInlines,  // the same, but names of inlined functions are bare
  kLines,         // functions and lines, no inlined frames
  kSymbols,       // functions that have a symbol
  kNothing,
};

struct Variant {
  const char* name;
  const char* build;
  const char* then;  // after the build
  Knows knows;
};

std::ostream& operator<<(std::ostream& out, const Variant& variant) {
  return out << variant.name;
}

const Variant kVariants[] = {
    {"gcc_pie", "g++ -g -O2 -fPIE -pie $SRC -o $OUT", "", Knows::kAll},
    {"gcc_no_pie", "g++ -g -O2 -fno-pie -no-pie $SRC -o $OUT", "", Knows::kAll},
    {"gcc_shared", "g++ -g -O2 -fPIC -shared $SRC -o $OUT", "", Knows::kAll},
    {"gcc_compressed", "g++ -g -O2 -gz $SRC -o $OUT", "", Knows::kAll},
    {"gcc_dwarf4", "g++ -gdwarf-4 -O2 $SRC -o $OUT", "", Knows::kAll},
    {"gcc_g1", "g++ -g1 -O2 $SRC -o $OUT", "", Knows::kAll},
    {"gcc_split", "g++ -g -gsplit-dwarf -O2 -c $SRC && g++ program.o -o $OUT",
     "rm program.o", Knows::kAll},
    {"gcc_split_dwarf4",
     "g++ -gdwarf-4 -gsplit-dwarf -O2 -c $SRC && g++ program.o -o $OUT", "",
     Knows::kAll},
    {"gcc_lto",
     "g++ -g -O2 -flto -c $SRC && g++ -g -O2 -flto program.o -o $OUT", "",
     Knows::kAll},
    {"gcc_gc_sections",
     "g++ -g -O2 -ffunction-sections -Wl,--gc-sections $SRC -o $OUT", "",
     Knows::kAll},
    {"gcc_lld_gc_sections",
     "g++ -g -O2 -ffunction-sections -Wl,--gc-sections -fuse-ld=lld $SRC -o "
     "$OUT",
     "", Knows::kAll},
    {"gcc_dwarf4_gc_sections",
     "g++ -gdwarf-4 -O2 -ffunction-sections -Wl,--gc-sections $SRC -o $OUT", "",
     Knows::kAll},
    {"clang_gc_sections",
     "clang++ -g -O2 -ffunction-sections -Wl,--gc-sections $SRC -o $OUT", "",
     Knows::kAll},
    {"gcc_type_units", "g++ -g -O2 -fdebug-types-section $SRC -o $OUT", "",
     Knows::kAll},
    {"gcc_lld", "g++ -g -O2 -fuse-ld=lld $SRC -o $OUT", "", Knows::kAll},
    {"gcc_gold", "g++ -g -O2 -fuse-ld=gold $SRC -o $OUT", "", Knows::kAll},
    {"gcc_mold", "g++ -g -O2 -fuse-ld=mold $SRC -o $OUT", "", Knows::kAll},
    {"clang", "clang++ -g -O2 $SRC -o $OUT", "", Knows::kAll},
    {"clang_dwarf4", "clang++ -gdwarf-4 -O2 $SRC -o $OUT", "", Knows::kAll},
    {"clang_lld", "clang++ -g -O2 -fuse-ld=lld $SRC -o $OUT", "", Knows::kAll},
    {"clang_lto", "clang++ -g -O2 -flto -fuse-ld=lld $SRC -o $OUT", "",
     Knows::kAll},
    {"clang_split",
     "clang++ -g -gsplit-dwarf -O2 -c $SRC && clang++ program.o -o $OUT", "",
     Knows::kAll},
    {"clang_split_dwarf4",
     "clang++ -gdwarf-4 -gsplit-dwarf -O2 -c $SRC && clang++ program.o -o $OUT",
     "", Knows::kAll},
    {"clang_gmlt", "clang++ -gmlt -O2 $SRC -o $OUT", "", Knows::kPlainInlines},
    {"dwz", "g++ -g -O2 $SRC -o $OUT", "dwz $OUT", Knows::kAll},
    {"dwz_alternate", "g++ -g -O2 $SRC -o $OUT",
     "cp $OUT other && dwz -m common.debug $OUT other && test -e common.debug",
     Knows::kAll},
    {"debuglink_beside", "g++ -g -O2 $SRC -o $OUT",
     "detach && objcopy --add-gnu-debuglink=program.debug $OUT", Knows::kAll},
    {"debuglink_in_dot_debug", "g++ -g -O2 $SRC -o $OUT",
     "detach && objcopy --add-gnu-debuglink=program.debug $OUT && mkdir .debug "
     "&& "
     "mv program.debug .debug",
     Knows::kAll},
    {"debuglink_without_build_id",
     "g++ -g -O2 -Wl,--build-id=none $SRC -o $OUT",
     "detach && objcopy --add-gnu-debuglink=program.debug $OUT", Knows::kAll},
    {"debuglink_of_another_build",
     "g++ -g -O2 -Wl,--build-id=none $SRC -o $OUT",
     "detach && objcopy --add-gnu-debuglink=program.debug $OUT && "
     "echo >> program.debug",
     Knows::kNothing},
    {"debuglink_to_symbols_only", "g++ -O2 $SRC -o $OUT",
     "detach && objcopy --add-gnu-debuglink=program.debug $OUT",
     Knows::kSymbols},
    {"split_without_dwo",
     "g++ -g -gsplit-dwarf -O2 -c $SRC && g++ program.o -o $OUT", "rm *.dwo",
     Knows::kLines},
    {"strip_debug", "g++ -g -O2 $SRC -o $OUT", "strip -g $OUT",
     Knows::kSymbols},
    {"strip_all", "g++ -g -O2 $SRC -o $OUT", "strip $OUT", Knows::kNothing},
};

class SymbolizerTest : public testing::TestWithParam<Variant> {
 protected:
  void SetUp() override {
    const Variant& variant = GetParam();
    SCOPED_TRACE(variant.build);
    SKIP_IF_TOOL_IS_MISSING(program_, program_.Build(variant.build));
    if (variant.then[0] == '\0') return;
    SKIP_IF_TOOL_IS_MISSING(program_, program_.Run(variant.then));
  }

  std::vector<SourceFrame> At(const std::string& mark) {
    const uint64_t address = program_.Mark(mark);
    EXPECT_NE(address, 0U) << mark;
    Symbolizer symbolizer({{program_.path(), ""}});
    symbolizer.Resolve({{0, address}});
    quality_ = symbolizer.Quality(0);
    return symbolizer.Frames({0, address});
  }

  void ExpectFrame(const SourceFrame& frame, const std::string& name,
                   const std::string& line, const std::string& start_line) {
    const bool has_lines = GetParam().knows != Knows::kSymbols;
    EXPECT_EQ(frame.name, name);
    EXPECT_EQ(frame.file, has_lines ? program_.source() : "") << name;
    EXPECT_EQ(frame.line, has_lines ? TestProgram::Line(line) : 0) << name;
    // Only DW_AT_decl_line has it; the linetable-only forms do without.
    if (GetParam().knows == Knows::kAll) {
      EXPECT_EQ(frame.start_line, TestProgram::Line(start_line)) << name;
    }
  }

  void CheckInlineChain() {
    const std::vector<SourceFrame> frames = At("chain_mark");
    switch (GetParam().knows) {
      case Knows::kAll:
        ASSERT_EQ(frames.size(), 4U) << ToString(frames);
        ExpectFrame(frames[0], "chain::Leaf", "chain_mark", "leaf");
        ExpectFrame(frames[1], "chain::Inner", "inner_call", "inner");
        ExpectFrame(frames[2], "chain::Middle", "middle_call", "middle");
        ExpectFrame(frames[3], "chain::Outer", "outer_call", "outer");
        EXPECT_EQ(frames[3].system_name, "_ZN5chain5OuterEi");
        break;
      case Knows::kPlainInlines:
        ASSERT_EQ(frames.size(), 4U) << ToString(frames);
        ExpectFrame(frames[0], "Leaf", "chain_mark", "leaf");
        ExpectFrame(frames[1], "Inner", "inner_call", "inner");
        ExpectFrame(frames[2], "Middle", "middle_call", "middle");
        ExpectFrame(frames[3], "chain::Outer", "outer_call", "outer");
        break;
      case Knows::kLines:
      case Knows::kSymbols:
        ASSERT_EQ(frames.size(), 1U) << ToString(frames);
        ExpectFrame(frames[0], "chain::Outer", "chain_mark", "outer");
        break;
      case Knows::kNothing:
        EXPECT_TRUE(frames.empty()) << ToString(frames);
    }
  }

  void CheckColdPart() {
    const std::vector<SourceFrame> frames = At("cold_mark");
    ASSERT_EQ(frames.size(), 1U) << ToString(frames);
    ExpectFrame(frames[0], "Cold", "cold_mark", "cold");
    EXPECT_EQ(frames[0].system_name, "_Z4Coldi");
  }

  // A function that is described inside another one.
  void CheckLambda() {
    const std::vector<SourceFrame> frames = At("lambda_mark");
    const bool has_inlines = GetParam().knows < Knows::kLines;
    ASSERT_EQ(frames.size(), has_inlines ? 2U : 1U) << ToString(frames);
    const std::string name = frames.back().name;
    EXPECT_TRUE(name == "Lambda(int)::{lambda(int)#1}::operator()" ||
                name == "Lambda(int)::$_0::operator()")  // Clang's
        << name;
    // GCC gives the operator() of a lambda no DW_AT_decl_line.
    if (frames.back().start_line != 0) {
      EXPECT_EQ(frames.back().start_line, TestProgram::Line("lambda"));
    }
    if (!has_inlines) return;
    EXPECT_EQ(frames[1].line, TestProgram::Line("lambda_call"));
    EXPECT_EQ(frames[0].line, TestProgram::Line("lambda_mark"));
    EXPECT_EQ(frames[0].name.substr(0, 8), "InLambda");
  }

  void CheckQuality() {
    At("chain_mark");
    const Knows knows = GetParam().knows;
    EXPECT_EQ(quality_.has_functions, knows != Knows::kNothing);
    EXPECT_EQ(quality_.has_line_numbers, knows < Knows::kSymbols);
    EXPECT_EQ(quality_.has_filenames, knows < Knows::kSymbols);
    EXPECT_EQ(quality_.has_inline_frames, knows < Knows::kLines);
  }

  TestProgram program_;
  SymbolQuality quality_;
};

// One test, since building takes the time.
TEST_P(SymbolizerTest, FindsWhatThereIs) {
  CheckInlineChain();
  CheckQuality();
  if (GetParam().knows == Knows::kNothing) return;
  CheckColdPart();
  CheckLambda();
}

INSTANTIATE_TEST_SUITE_P(Variants, SymbolizerTest, testing::ValuesIn(kVariants),
                         [](const auto& variant) {
                           return std::string(variant.param.name);
                         });

}  // namespace
}  // namespace bench_profiler
