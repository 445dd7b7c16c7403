#include "bench_profiler/profile/demangle.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "bench_profiler/profile/declaration.h"

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

struct Row {
  const char* symbol;
  const char* short_name;
  const char* full_name;
};

// The short names are those of pprof's own demangler.
constexpr Row kRows[] = {
    {"_Z3foov", "foo", "foo()"},
    {"_Z3fooIiEvT_", "foo", "void foo<int>(int)"},
    {"_ZN1A3fooEi", "A::foo", "A::foo(int)"},
    {"_ZNK1A3fooEi", "A::foo", "A::foo(int) const"},
    {"_ZN12_GLOBAL__N_13AddEii", "(anonymous namespace)::Add",
     "(anonymous namespace)::Add(int, int)"},
    {"_ZN1AC1Ei", "A::A", "A::A(int)"},
    {"_ZN1AIiED2Ev", "A::~A", "A<int>::~A()"},
    {"_ZN1AltERKS_", "A::operator<", "A::operator<(A const&)"},
    {"_ZN1AIiElsIcEERS0_T_", "A::operator<<",
     "A<int>& A<int>::operator<< <char>(char)"},
    {"_ZN1AIiEptEv", "A::operator->", "A<int>::operator->()"},
    {"_ZN1AIiEclIcEEvT_", "A::operator()",
     "void A<int>::operator()<char>(char)"},
    {"_ZN1AIiEixEi", "A::operator[]", "A<int>::operator[](int)"},
    {"_ZN1AcvbEv", "A::operator bool", "A::operator bool()"},
    {"_ZNK1AcvSt6vectorIiSaIiEEEv", "A::operator std::vector",
     "A::operator std::vector<int, std::allocator<int> >() const"},
    {"_ZN1AcvPFviEEv", "A::operator void (*)(int)",
     "A::operator void (*)(int)()"},
    {"_ZN1AnwEm", "A::operator new", "A::operator new(unsigned long)"},
    {"_ZN1AdaEPv", "A::operator delete[]", "A::operator delete[](void*)"},
    {"_Znwm", "operator new", "operator new(unsigned long)"},
    {"_Zli2_kmy", "operator\"\" _k",
     "operator\"\" _k(unsigned long, unsigned long long)"},
    {"_ZssI1AEDaRKT_S3_", "operator<=>",
     "auto operator<=><A>(A const&, A const&)"},
    {"_ZN1AgtIiEEbT_", "A::operator>", "bool A::operator><int>(int)"},
    {"_ZN1AgeIiEEbT_", "A::operator>=", "bool A::operator>=<int>(int)"},
    {"_ZZ4mainENKUliE_clEi", "main::{lambda(int)#1}::operator()",
     "main::{lambda(int)#1}::operator()(int) const"},
    {"_ZZN1A1fIiEEvT_ENKUlSt6vectorIiSaIiEEE0_clES4_",
     "A::f(int)::{lambda(std::vector)#2}::operator()",
     "A::f<int>(int)::{lambda(std::vector<int, std::allocator<int> "
     ">)#2}::operator()(std::vector<int, std::allocator<int> >) const"},
    {"_ZZNK1A1fEvENKUlvE_clEv", "A::f() const::{lambda()#1}::operator()",
     "A::f() const::{lambda()#1}::operator()() const"},
    {"_ZZN1A1fEvENKUlT_E_clIiEEDaS0_", "A::f()::{lambda(auto:1)#1}::operator()",
     "auto A::f()::{lambda(auto:1)#1}::operator()<int>(int) const"},
    {"_Z1fIPFviEEvT_", "f", "void f<void (*)(int)>(void (*)(int))"},
    {"_Z3barIiEPFvdET_", "bar", "void (*bar<int>(int))(double)"},
    {"_Z3bazIiERA5_iT_", "baz", "int (&baz<int>(int)) [5]"},
    {"_Z3quxIiEM1AFvvET_", "qux", "void (A::*qux<int>(int))()"},
    {"_Z3decIiEDTplfp_fp_ET_", "dec",
     "decltype ({parm#1}+{parm#1}) dec<int>(int)"},
    {"_Z4autoIiEDcT_", "auto", "decltype(auto) auto<int>(int)"},
    {"_ZN1A3barB5cxx11Ev", "A::bar[abi:cxx11]", "A::bar[abi:cxx11]()"},
    {"_Z1fILb1EEvv", "f", "void f<true>()"},
    {"_Z1gILin5EEvv", "g", "void g<-5>()"},
    {"_Z1hIXgtLi3ELi2EEEvv", "h", "void h<((3)>(2))>()"},
    {"_Z1fIXltLi3ELi2EEEvv", "f", "void f<(3)<(2)>()"},
    {"_ZThn16_N1A3fooEi", "non-virtual thunk to A::foo(int)",
     "non-virtual thunk to A::foo(int)"},
    {"_ZTv0_n24_N1AIiE3fooEi", "virtual thunk to A::foo(int)",
     "virtual thunk to A<int>::foo(int)"},
    {"_ZGVZ1fvE1x", "guard variable for f()::x", "guard variable for f()::x"},
    {"_ZTW3foo", "TLS wrapper function for foo",
     "TLS wrapper function for foo"},
    {"_ZNSt6vectorIN1A1BESaIS1_EE9push_backERKS1_", "std::vector::push_back",
     "std::vector<A::B, std::allocator<A::B> >::push_back(A::B const&)"},
    {"_ZN1AIiEaSEOS0_", "A::operator=", "A<int>::operator=(A<int>&&)"},
    {"_ZN1AppEv", "A::operator++", "A::operator++()"},
    {"_ZN1AcoEv", "A::operator~", "A::operator~()"},
    {"_ZNKSt5ctypeIcE5widenEc", "std::ctype::widen",
     "std::ctype<char>::widen(char) const"},
    {"_Z1fO1AIiE", "f", "f(A<int>&&)"},
    {"_ZNKR1A3getEv", "A::get", "A::get() const &"},
    {"_ZNO1A3getEv", "A::get", "A::get() &&"},
    {"_Z3foov._omp_fn.0", "foo", "foo() [clone ._omp_fn.0]"},
    {"_ZN3foo3barE", "foo::bar", "foo::bar"},
    {"_Z13operators_areIiEvT_", "operators_are",
     "void operators_are<int>(int)"},
    {"_ZZN1A1fEvENUlvE_D1Ev", "A::f()::{lambda()#1}::~{lambda()#1}",
     "A::f()::{lambda()#1}::~f()"},
    {"_ZZN1A1fE1BENUlS0_E_C1EOS1_", "A::f(B)::{lambda(B)#1}::{lambda(B)#1}",
     "A::f(B)::{lambda(B)#1}::B({lambda(B)#1}&&)"},
};

TEST(Demangle, CxxSymbols) {
  for (const Row& row : kRows) {
    EXPECT_EQ(ShortName(row.symbol), row.short_name) << row.full_name;
    EXPECT_EQ(FullName(row.symbol), row.full_name) << row.symbol;
  }
}

TEST(Demangle, OtherNamesStay) {
  for (const char* name :
       {"", "i", "main", "_Z", "_Znonsense", "memchr@plt", "operator<",
        "(anonymous namespace)::Add", "_D3foo3barFiZv", "_RNvC1a1b",
        "<alloc::vec::Vec<T> as core::ops::Drop>::drop"}) {
    EXPECT_EQ(ShortName(name), name);
    EXPECT_EQ(FullName(name), name);
  }
}

TEST(Demangle, StubsOfFunctions) {
  EXPECT_EQ(FullName("_Z3fooi@plt"), "foo(int)@plt");
  EXPECT_EQ(ShortName("_Z3fooi@plt"), "foo@plt");
}

TEST(Demangle, RustLosesItsHash) {
  for (const auto& [symbol, name] : std::map<std::string, std::string>{
           {"_ZN4core3fmt9Formatter3pad17h0123456789abcdefE",
            "core::fmt::Formatter::pad"},
           {"_ZN4main28_$u7b$$u7b$closure$u7d$$u7d$17h0123456789abcdefE.llvm.1",
            "main::{{closure}}"},
           {"_ZN42_$LT$$RF$T$u20$as$u20$core..fmt..Debug$GT$3fmt"
            "17h0123456789abcdefE",
            "<&T as core::fmt::Debug>::fmt"},
           {"_ZN1a9b$XX$odd$17h0123456789abcdefE", "a::b$XX$odd$"},
       }) {
    EXPECT_EQ(ShortName(symbol), name);
    EXPECT_EQ(FullName(symbol), name);
  }
  // Too few digits for a hash, and a length that is too large.
  EXPECT_EQ(ShortName("_ZN1A17h0000000000000000E"), "A::h0000000000000000");
  EXPECT_EQ(ShortName("_ZN9A17h0123456789abcdefE"),
            "_ZN9A17h0123456789abcdefE");
}

// No text makes them read beyond its end, or takes long.
TEST(Demangle, DamagedNames) {
  for (const Row& row : kRows) {
    const std::string symbol = row.symbol;
    for (size_t i = 0; i < symbol.size(); ++i) {
      ShortName(symbol.substr(0, i));
      ShortName(symbol.substr(0, i) + "E" + symbol.substr(i + 1));
    }
    const std::string full = row.full_name;
    for (size_t i = 0; i < full.size(); ++i) {
      for (const std::string& part : {full.substr(0, i), full.substr(i)}) {
        EXPECT_LE(NameOfFunction(WithoutTemplateArguments(part)).size(),
                  part.size());
      }
    }
  }
}

TEST(NameToShow, AsPprofDoes) {
  EXPECT_EQ(NameToShow("foo", "_Z3barv", false), "foo");
  EXPECT_EQ(NameToShow("foo", "_Z3barv", true), "bar()");
  EXPECT_EQ(NameToShow("_Z3barv", "_Z3barv", false), "bar");
  EXPECT_EQ(NameToShow("", "_Z3barv", false), "bar");
  EXPECT_EQ(NameToShow("foo", "", true), "foo");
  // Declarations, as other programs write them.
  for (const auto& [name, shown] : std::map<std::string, std::string>{
           {"std::vector<A<int>>::f(int)", "std::vector::f"},
           {"A::operator<", "A::operator<"},
           {"A::operator->", "A::operator->"},
           {"main.(*T[...]).f", "main.(*T[...]).f"},
           {"java.util.ArrayList.<init>", "java.util.ArrayList.<init>"},
           {"f(int)", "f(int)"},
       }) {
    EXPECT_EQ(NameToShow(name, name, false), shown);
    EXPECT_EQ(NameToShow(name, name, true), name);
  }
}

}  // namespace
}  // namespace bench_profiler
