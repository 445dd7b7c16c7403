#include "bench_profiler/compare/function_key.h"

#include <gtest/gtest.h>

#include <string>

#include "bench_profiler/compare/function_table.h"

namespace bench_profiler {
namespace {

TEST(FunctionKey, IsTheFullName) {
  EXPECT_EQ(FunctionKey("_Z5ParsePKc"), "Parse(char const*)");
  EXPECT_EQ(FunctionKey("main"), "main");
  EXPECT_NE(FunctionKey("_Z3fooIiEvT_"), FunctionKey("_Z3fooIdEvT_"));
  EXPECT_NE(FunctionKey("_Z3fooi"), FunctionKey("_Z3food"));
  EXPECT_NE(FunctionKey("memchr"), FunctionKey("memchr@plt"));
  EXPECT_EQ(FunctionKey("_ZN1AC1Ei"), FunctionKey("_ZN1AC2Ei"));
}

TEST(FunctionKey, CopiesAndPartsAreTheFunction) {
  for (const char* symbol :
       {"_Z5ParsePKc.isra.0", "_Z5ParsePKc.constprop.0.cold",
        "_Z5ParsePKc.llvm.1234", "Parse(char const*) [clone .isra.0]",
        "Parse(char const*) [clone .constprop.1] [clone .cold]"}) {
    EXPECT_EQ(FunctionKey(symbol), "Parse(char const*)") << symbol;
  }
  // A body of a parallel loop is a function of its own.
  EXPECT_EQ(FunctionKey("_Z3foov._omp_fn.0"), "foo() [clone ._omp_fn.0]");
}

TEST(FunctionKey, LambdasAreThoseOfTheirFunction) {
  EXPECT_EQ(FunctionKey("_ZZ4mainENKUliE_clEi"),
            "main::{lambda(int)#1}::operator()(int) const");
  EXPECT_NE(FunctionKey("_ZZ4mainENKUliE_clEi"),
            FunctionKey("_ZZ4mainENKUliE0_clEi"));
  EXPECT_NE(FunctionKey("_ZZ4mainENKUliE_clEi"),
            FunctionKey("_ZZ5otherENKUliE_clEi"));
  // Clang counts through the file: a lambda above makes it another number.
  EXPECT_EQ(FunctionKey("_ZZ4mainENK3$_1clEi"),
            FunctionKey("_ZZ4mainENK4$_12clEi"));
}

TEST(FunctionKey, AnonymousNamespacesAreAlike) {
  const std::string key = FunctionKey("_ZN12_GLOBAL__N_14Tree4FindEi");
  EXPECT_EQ(key, "(anonymous namespace)::Tree::Find(int)");
  EXPECT_EQ(FunctionKey("{anonymous}::Tree::Find(int)"), key);
  EXPECT_EQ(FunctionKey("`anonymous namespace'::Tree::Find(int)"), key);
}

TEST(FunctionKey, HashesOfRustAreLeftOut) {
  EXPECT_EQ(FunctionKey("_ZN4main3run17h0123456789abcdefE"), "main::run");
  EXPECT_EQ(FunctionKey("main::run::h0123456789abcdef"), "main::run");
  EXPECT_EQ(FunctionKey("main[0123456789abcdef]::run"), "main::run");
  EXPECT_EQ(FunctionKey("_RNvCs15kBYyAo9fc_7mycrate3run"),
            FunctionKey("_RNvCs9ltgdHTiPiY_7mycrate3run"));
  EXPECT_NE(FunctionKey("_RNvCs15kBYyAo9fc_7mycrate3run"),
            FunctionKey("_RNvCs15kBYyAo9fc_7mycrate3ran"));
  // No hashes.
  for (const char* name : {"A::operator[](int)", "f[abi:cxx11]()", "a[abcdef]",
                           "x::h01234567", "main.f[...]", "::h", "[", "Cs"}) {
    EXPECT_EQ(FunctionKey(name), name);
  }
}

TEST(FunctionTable, HasEachFunctionOnce) {
  FunctionTable table;
  const uint32_t parse =
      table.Add({"Parse", "_Z5ParsePKc.isra.0", "parse.cc", 3});
  EXPECT_EQ(table.Add({"Parse", "_Z5ParsePKc", "other.cc", 4}), parse);
  EXPECT_NE(table.Add({"Parse", "_Z5Parsei", "parse.cc", 5}), parse);
  const uint32_t libm = table.AddNameless("[libm.so.6]");
  EXPECT_EQ(table.AddNameless("[libm.so.6]"), libm);
  EXPECT_EQ(table.size(), 3U);
  EXPECT_EQ(table[parse].key, "Parse(char const*)");
  EXPECT_EQ(table[parse].name, "Parse");
  EXPECT_EQ(table[parse].full_name, "Parse(char const*)");
  EXPECT_EQ(table[parse].file, "parse.cc");
  EXPECT_EQ(table[libm].name, "[libm.so.6]");
}

}  // namespace
}  // namespace bench_profiler
