// Names of functions that debug information has no symbol for.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/profile/demangle.h"
#include "bench_profiler/symbolize/symbolizer.h"
#include "tests/symbolize/llvm_symbolizer.h"
#include "tests/symbolize/test_program.h"

namespace bench_profiler {
namespace {

// Each function is inlined once, and has a label of its own in it.
constexpr char kSource[] = R"(
#define MARK(name) asm volatile(".globl " #name "\n" #name ": nop")
#define INLINE __attribute__((always_inline)) inline
volatile int sink;
template <class T, int n> struct List { T value; };
namespace {
INLINE int Free(int a, const char*) { MARK(m_free); return a + sink; }
template <class T> struct Tree {
  INLINE void Add(List<T, 2> list, T*& to) const { MARK(m_add); sink = list.value; }
  INLINE bool operator<(const Tree& other) const { MARK(m_less); return sink; }
  INLINE Tree* operator->() { MARK(m_arrow); return sink ? this : nullptr; }
  INLINE T operator()(T x) { MARK(m_call); return x + sink; }
  INLINE operator List<T, 3>() { MARK(m_convert); return {sink}; }
  INLINE Tree(unsigned long long x) { MARK(m_constructor); sink = x; }
  INLINE ~Tree() { MARK(m_destructor); sink = 2; }
  static INLINE int Static(void (*f)(int), int (&g)[5]) { MARK(m_static); return sink; }
};
template <class T> INLINE int Twice(T t) { MARK(m_twice); return t + sink; }
struct { INLINE int In(int i, ...) { MARK(m_unnamed); return i * sink; } } unnamed;
}  // namespace
namespace outer { inline namespace v2 { struct Q {
  INLINE int Run(int i) {
    struct Local { INLINE int Go(int Q::* m, int (Q::*f)(int)) { MARK(m_local); return sink; } };
    return Local().Go(nullptr, &Q::Run);
  }
}; } }
typedef struct { INLINE int Get() { MARK(m_typedef); return sink; } } Named;
static INLINE int Static(const volatile short* s, long double d) {
  auto first = [](int x) __attribute__((always_inline)) { MARK(m_lambda1); return x * sink; };
  auto other = [&](int x) __attribute__((always_inline)) { MARK(m_lambda2); return x + sink; };
  MARK(m_global);
  return first(sink) + other(sink);
}
int main(int argc, char**) {
  auto in_main = [&](bool b) __attribute__((always_inline)) { MARK(m_main); return b ? sink : argc; };
  int array[5] = {};
  Tree<int> tree(argc);
  int* to = array;
  tree.Add({1}, to);
  if (tree < tree) sink = 1;
  tree.operator->();
  List<int, 3> list = tree;
  Named named;
  return Free(argc, "") + tree(argc) + list.value +
         Tree<int>::Static(nullptr, array) + Twice('a') + unnamed.In(argc, 3) +
         outer::Q().Run(argc) + named.Get() + Static(nullptr, 0) +
         in_main(argc > 1);
}
)";

struct Row {
  const char* mark;
  const char* short_name;
  const char* full_name;
};

constexpr Row kRows[] = {
    {"m_free", "(anonymous namespace)::Free",
     "(anonymous namespace)::Free(int, char const*)"},
    {"m_add", "(anonymous namespace)::Tree::Add",
     "(anonymous namespace)::Tree<int>::Add(List<int, 2>, int*&) const"},
    {"m_less", "(anonymous namespace)::Tree::operator<",
     "(anonymous namespace)::Tree<int>::operator<((anonymous "
     "namespace)::Tree<int> const&) const"},
    {"m_arrow", "(anonymous namespace)::Tree::operator->",
     "(anonymous namespace)::Tree<int>::operator->()"},
    {"m_call", "(anonymous namespace)::Tree::operator()",
     "(anonymous namespace)::Tree<int>::operator()(int)"},
    {"m_convert", "(anonymous namespace)::Tree::operator List",
     "(anonymous namespace)::Tree<int>::operator List<int, 3>()"},
    {"m_constructor", "(anonymous namespace)::Tree::Tree",
     "(anonymous namespace)::Tree<int>::Tree(unsigned long long)"},
    {"m_destructor", "(anonymous namespace)::Tree::~Tree",
     "(anonymous namespace)::Tree<int>::~Tree()"},
    {"m_static", "(anonymous namespace)::Tree::Static",
     "(anonymous namespace)::Tree<int>::Static(void (*)(int), int (&) [5])"},
    {"m_twice", "(anonymous namespace)::Twice",
     "(anonymous namespace)::Twice<char>(char)"},
    {"m_unnamed", "(anonymous namespace)::{unnamed type#1}::In",
     "(anonymous namespace)::{unnamed type#1}::In(int, ...)"},
    {"m_local", "outer::v2::Q::Run(int)::Local::Go",
     "outer::v2::Q::Run(int)::Local::Go(int outer::v2::Q::*, int "
     "(outer::v2::Q::*)(int))"},
    {"m_typedef", "Named::Get", "Named::Get()"},
    {"m_global", "Static", "Static(short const volatile*, long double)"},
    {"m_lambda1",
     "Static(short const volatile*, long double)::{lambda(int)#1}::operator()",
     "Static(short const volatile*, long double)::{lambda(int)#1}::operator()"
     "(int) const"},
    {"m_lambda2",
     "Static(short const volatile*, long double)::{lambda(int)#2}::operator()",
     "Static(short const volatile*, long double)::{lambda(int)#2}::operator()"
     "(int) const"},
    {"m_main", "main::{lambda(bool)#1}::operator()",
     "main::{lambda(bool)#1}::operator()(bool) const"},
};

class DwarfNamesTest : public testing::TestWithParam<const char*> {};

// GCC gives few of them a symbol, and Clang all: they are the same.
TEST_P(DwarfNamesTest, AreQualifiedByAllThatIsAroundThem) {
  TestProgram program;
  std::ofstream(program.folder() + "/names.cc") << kSource;
  SKIP_IF_TOOL_IS_MISSING(program, program.Build(GetParam()));
  std::vector<Symbolizer::Address> addresses;
  for (const Row& row : kRows) {
    ASSERT_NE(program.Mark(row.mark), 0U) << row.mark;
    addresses.push_back({0, program.Mark(row.mark)});
  }
  Symbolizer symbolizer({{program.path(), ""}});
  symbolizer.Resolve(addresses);
  for (const Row& row : kRows) {
    const auto frames = symbolizer.Frames({0, program.Mark(row.mark)});
    ASSERT_FALSE(frames.empty()) << row.mark;
    // Clang's symbols of what has no name and is not seen outside of its file.
    if (frames[0].name.find("::$_") != std::string::npos) continue;
    EXPECT_EQ(frames[0].name, row.short_name);
    std::string full = FullName(frames[0].system_name);
    // The symbol of a template has its result, too.
    const std::string result = "int ";
    if (full.compare(0, result.size(), result) == 0) {
      full = full.substr(result.size());
    }
    EXPECT_EQ(full, row.full_name);
    // pprof would take these parentheses for those of parameters.
    EXPECT_EQ(frames[0].system_name.find("(anonymous"), std::string::npos);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Forms, DwarfNamesTest,
    testing::Values(
        "g++ -g -O1 names.cc -o $OUT", "g++ -gdwarf-4 -O1 names.cc -o $OUT",
        "g++ -g -O1 -fdebug-types-section names.cc -o $OUT",
        "g++ -g -gsplit-dwarf -O1 -c names.cc && g++ names.o -o $OUT",
        "g++ -g -O1 -flto names.cc -o $OUT",
        "g++ -g -O1 names.cc -o $OUT && cp $OUT copy && dwz -m common $OUT "
        "copy",
        "clang++ -g -O1 names.cc -o $OUT"));

// Without types and scopes, as after -g1, there are only names.
TEST(DwarfNames, OwnNameIfNothingElseIsKnown) {
  for (const char* build :
       {"g++ -g1 -O1 names.cc -o $OUT", "clang++ -gmlt -O1 names.cc -o $OUT"}) {
    TestProgram program;
    std::ofstream(program.folder() + "/names.cc") << kSource;
    SKIP_IF_TOOL_IS_MISSING(program, program.Build(build));
    for (const auto& [mark, name] :
         std::vector<std::pair<std::string, std::string>>{
             {"m_free", "Free"},
             {"m_less", "operator<"},
             {"m_arrow", "operator->"},
             {"m_twice", "Twice"}}) {
      Symbolizer symbolizer({{program.path(), ""}});
      symbolizer.Resolve({{0, program.Mark(mark)}});
      const auto frames = symbolizer.Frames({0, program.Mark(mark)});
      ASSERT_FALSE(frames.empty()) << mark;
      EXPECT_EQ(frames[0].name, name) << build;
      EXPECT_EQ(frames[0].system_name, name == "Twice" ? "Twice<char>" : name)
          << build;
    }
  }
}

// All that libstdc++'s headers define is in a namespace, but for these.
bool IsGlobalInLibstdcxx(const std::string& name) {
  return name == "__static_initialization_and_destruction_0" ||
         name.compare(0, 12, "operator new") == 0 ||
         name.compare(0, 15, "operator delete") == 0;
}

TEST(DwarfNames, NoFunctionOfThisProgramLacksItsNamespace) {
  const std::string path = "/proc/self/exe";
  const auto [start, size] = TextSection(path);
  std::vector<Symbolizer::Address> addresses;
  const uint64_t step = std::max<uint64_t>(5, size / 50000);
  for (uint64_t offset = 0; offset < size; offset += step) {
    addresses.push_back({0, start + offset});
  }
  Symbolizer symbolizer({{path, ""}});
  symbolizer.Resolve(addresses);
  size_t without_symbol = 0;
  for (const Function& function : symbolizer.functions()) {
    if (function.file.find("/include/c++/") == std::string::npos) continue;
    if (function.system_name.compare(0, 2, "_Z") != 0) ++without_symbol;
    EXPECT_TRUE(function.name.find("::") != std::string::npos ||
                IsGlobalInLibstdcxx(function.name))
        << function.name << " " << function.file;
  }
  EXPECT_GT(without_symbol, 0U) << "the test shows nothing";
}

}  // namespace
}  // namespace bench_profiler
