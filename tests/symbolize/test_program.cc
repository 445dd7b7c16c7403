#include "tests/symbolize/test_program.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace bench_profiler {
namespace {

// "chain" is Leaf in Inner in Middle in Outer; the marks are labels of one nop
// each. Cold() has a part that GCC moves to Cold.cold, and Clone becomes
// Clone.constprop.0 or Clone.isra.0. GCC describes the lambda inside the
// closure type, inside Lambda().
constexpr char kSource[] = R"(
#define MARK(name) asm volatile(".globl " #name "\n" #name ": nop")
#define INLINE __attribute__((always_inline)) inline
#define NOINLINE __attribute__((noinline, used))
volatile int sink;
namespace chain {
template <class T>
INLINE int Leaf(T x) {  // @leaf
  sink = x;
  MARK(chain_mark);  // @chain_mark
  return sink + 1;
}
INLINE int Inner(int x) {  // @inner
  return Leaf<int>(x) * 2;  // @inner_call
}
INLINE int Middle(int x) {  // @middle
  int sum = x;
  for (int i = 0; i < 3; ++i) {
    sum += Inner(x + i);  // @middle_call
    i += sink;
  }
  return sum;
}
NOINLINE int Outer(int x) {  // @outer
  return Middle(x) + 5;  // @outer_call
}
}  // namespace chain
__attribute__((cold, noinline)) void Fail(int x) { sink = x; }
NOINLINE int Cold(int x) {  // @cold
  if (x > 1000) {
    Fail(x);
    MARK(cold_mark);  // @cold_mark
    Fail(x + 1);
  }
  return sink * x;
}
__attribute__((noinline)) static int Clone(const int* x, int y) {  // @clone
  MARK(clone_mark);  // @clone_mark
  return *x * y + sink;
}
INLINE int InLambda(int x) {  // @in_lambda
  MARK(lambda_mark);  // @lambda_mark
  return sink + x;
}
// With --gc-sections its debug information says that it is at address 0.
__attribute__((noinline)) int Dropped(int x) {
  asm volatile(".skip 0x8000, 0x90");
  return x + sink;
}
NOINLINE int Lambda(int x) {
  auto body = [x](int y) __attribute__((noipa, noinline)) {  // @lambda
    return InLambda(x) + y;  // @lambda_call
  };
  return body(x) + body(x + 1);
}
asm(".text\n.globl assembler\nassembler: nop\n"
    ".globl assembler_mark\nassembler_mark: nop\nret\n");
int main(int argc, char**) {
  int copy = argc;
  return chain::Outer(argc) + Cold(argc) + Clone(&copy, 5) + Lambda(argc);
}
)";

constexpr char kDetach[] =
    "detach() { objcopy --only-keep-debug $OUT $OUT.debug && strip $OUT; }\n";

}  // namespace

TestProgram::TestProgram() {
  char folder[] = "/tmp/symbolizer_test_XXXXXX";
  if (mkdtemp(folder)) folder_ = folder;
  std::ofstream(source()) << kSource;
}

TestProgram::~TestProgram() { Run("rm -rf \"$DIR\""); }

bool TestProgram::Run(const std::string& command) const {
  if (folder_.empty()) return false;
  const std::string script =
      "cd " + folder_ + " && export DIR=$PWD SRC=program.cc OUT=program\n" +
      kDetach + "{ " + command + "; } >log 2>&1";
  return std::system(script.c_str()) == 0;
}

bool TestProgram::Build(const std::string& command) {
  if (!Run(command) || !Run("nm program > symbols")) return false;
  std::ifstream symbols(folder_ + "/symbols");
  std::string line;
  while (std::getline(symbols, line)) {
    std::istringstream fields(line);
    uint64_t address = 0;
    std::string type;
    std::string name;
    if (fields >> std::hex >> address >> type >> name) marks_[name] = address;
  }
  return true;
}

std::string TestProgram::MissingTool() const {
  std::ifstream log(folder_ + "/log");
  std::string line;
  while (std::getline(log, line)) {
    // Of the shell; of g++, which has not that linker (two kinds of quotes) or
    // does not know of it; of clang++.
    for (const char* complaint :
         {": not found", "cannot find 'ld", "cannot find ‘ld",
          "-fuse-ld=", "invalid linker name"}) {
      if (line.find(complaint) != std::string::npos) return line;
    }
  }
  return "";
}

uint64_t TestProgram::Mark(const std::string& name) const {
  const auto it = marks_.find(name);
  return it == marks_.end() ? 0 : it->second;
}

int TestProgram::Line(const std::string& name) {
  std::istringstream source(kSource);
  std::string line;
  const std::string comment = "// @" + name;
  for (int number = 1; std::getline(source, line); ++number) {
    const size_t found = line.rfind(comment);
    if (found != std::string::npos && found + comment.size() == line.size()) {
      return number;
    }
  }
  return 0;
}

}  // namespace bench_profiler
