#include "bench_profiler/symbolize/demangle.h"

#include <gtest/gtest.h>

namespace bench_profiler {
namespace {

TEST(StripCloneSuffix, RemovesWhatOptimizersAppend) {
  for (const char* symbol :
       {"_Z3foov", "_Z3foov.isra.0", "_Z3foov.part.1", "_Z3foov.constprop.2",
        "_Z3foov.cold", "_Z3foov.cold.3", "_Z3foov.llvm.1234567890",
        "_Z3foov.lto_priv.0", "_Z3foov.lto_priv.0.cold",
        "_Z3foov.constprop.0.isra.0.part.0.cold", "_Z3foov@@GLIBCXX_3.4",
        "_Z3foov.__uniq.123.llvm.456"}) {
    EXPECT_EQ(StripCloneSuffix(symbol), "_Z3foov") << symbol;
  }
}

TEST(StripCloneSuffix, LeavesTheRest) {
  for (const char* symbol :
       {"", ".", ".cold", "main", "foo.0", "foo.bar", "isra.0", "cold",
        "_Z3foov._omp_fn.0", "_Z3foov.avx2.1", "_Z3foov@plt"}) {
    EXPECT_EQ(StripCloneSuffix(symbol), symbol);
  }
  EXPECT_EQ(StripCloneSuffix("_Z3foov._omp_fn.0.cold"), "_Z3foov._omp_fn.0");
}

TEST(Demangle, OnlyCxxSymbols) {
  EXPECT_EQ(Demangle("_Z3fooi"), "foo(int)");
  EXPECT_EQ(Demangle("i"), "i");
  EXPECT_EQ(Demangle("main"), "main");
  EXPECT_EQ(Demangle(""), "");
  EXPECT_EQ(Demangle("_Z"), "_Z");
  EXPECT_EQ(Demangle("_Znonsense"), "_Znonsense");
  EXPECT_EQ(Demangle("_Z3fooi@plt"), "foo(int)@plt");
  EXPECT_EQ(Demangle("memchr@plt"), "memchr@plt");
}

}  // namespace
}  // namespace bench_profiler
