#include "bench_profiler/html/harness.h"

#include <string>
#include <vector>

namespace bench_profiler {
namespace {

struct RoleRow {
  std::string_view prefix;
  FrameRole role;
};

// A row is the start of a name; one that ends in a letter or a digit, of whole
// words: "main" is no start of "mainframe". The namespaces "internal" and
// "(anonymous namespace)" of Google Benchmark are left out, as they change from
// one version to the next.
constexpr RoleRow kRoles[] = {
    // The start of a program and of a thread.
    {"_start", FrameRole::kStart},
    {"__libc_start_", FrameRole::kStart},
    {"main", FrameRole::kStart},
    {"clone", FrameRole::kStart},
    {"clone3", FrameRole::kStart},
    {"__clone", FrameRole::kStart},
    {"__clone3", FrameRole::kStart},
    {"__GI___clone", FrameRole::kStart},
    {"start_thread", FrameRole::kStart},
    {"[libc", FrameRole::kStart},
    {"[libpthread", FrameRole::kStart},
    {"[ld-linux", FrameRole::kStart},
    // The way of a std::thread to its function.
    {"execute_native_thread_routine", FrameRole::kStart},
    {"std::", FrameRole::kStart},
    {"[libstdc++", FrameRole::kStart},
    {"bench_profiler::", FrameRole::kStart},
    {"[libbench_profiler", FrameRole::kStart},
    // Google Benchmark. What members of State call is not here: it stands below
    // the benchmark.
    {"benchmark::RunSpecifiedBenchmarks", FrameRole::kRunner},
    {"benchmark::RunBenchmarks", FrameRole::kRunner},
    {"benchmark::BenchmarkRunner::", FrameRole::kRunner},
    {"benchmark::BenchmarkInstance::Run", FrameRole::kRunner},
    {"benchmark::FunctionBenchmark::Run", FrameRole::kRunner},
    {"benchmark::LambdaBenchmark", FrameRole::kRunner},
    {"benchmark::RunInThread", FrameRole::kRunner},
    {"benchmark::Fixture::Run", FrameRole::kRunner},
    {"[libbenchmark", FrameRole::kStart},
    // GoogleTest.
    {"RUN_ALL_TESTS", FrameRole::kRunner},
    {"testing::UnitTest::Run", FrameRole::kRunner},
    {"testing::internal::UnitTestImpl::RunAllTests", FrameRole::kRunner},
    {"testing::TestSuite::", FrameRole::kRunner},
    {"testing::TestCase::", FrameRole::kRunner},
    {"testing::TestInfo::Run", FrameRole::kRunner},
    {"testing::Test::Run", FrameRole::kRunner},
    {"testing::internal::HandleExceptionsInMethodIfSupported",
     FrameRole::kRunner},
    {"testing::internal::HandleSehExceptionsInMethodIfSupported",
     FrameRole::kRunner},
    {"[libgtest", FrameRole::kStart},
    {"[libgmock", FrameRole::kStart},
};

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

std::string_view Without(std::string_view text, std::string_view start) {
  return StartsWith(text, start) ? text.substr(start.size()) : text;
}

bool IsAlphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
         (c >= 'a' && c <= 'z');
}

bool Fits(std::string_view name, std::string_view prefix) {
  if (!StartsWith(name, prefix)) return false;
  if (name.size() == prefix.size() || !IsAlphanumeric(prefix.back())) {
    return true;
  }
  const char next = name[prefix.size()];
  return !IsAlphanumeric(next) && next != '_';
}

// Without what changes from one version to the next.
std::string Stable(std::string_view name) {
  name = Without(name, "void ");  // of a template, in a name with parameters
  constexpr std::string_view kNamespace = "benchmark::";
  if (!StartsWith(name, kNamespace)) return std::string(name);
  name = Without(name.substr(kNamespace.size()), "internal::");
  return std::string(kNamespace) +
         std::string(Without(name, "(anonymous namespace)::"));
}

}  // namespace

FrameRole RoleOf(std::string_view name) {
  const std::string stable = Stable(name);
  for (const RoleRow& row : kRoles) {
    if (Fits(stable, row.prefix)) return row.role;
  }
  return FrameRole::kOther;
}

void MarkAbove(const std::vector<PageFrame>& frames, PageTree* tree) {
  std::vector<PageTree::Node>& nodes = tree->nodes;
  std::vector<FrameRole> roles(frames.size());
  std::vector<bool> is_known(frames.size());
  std::vector<size_t> path;  // from the root to the node
  for (size_t i = 0; i < nodes.size(); ++i) {
    const uint32_t frame = nodes[i].frame;
    if (!is_known[frame]) roles[frame] = RoleOf(frames[frame].name);
    is_known[frame] = true;
    path.resize(nodes[i].depth);
    path.push_back(i);
    if (roles[frame] == FrameRole::kRunner) {
      // Callers of marked ones are marked already, so that all of this together
      // takes a time that grows with the size of the tree only.
      for (size_t k = path.size(); k-- > 0 && !nodes[path[k]].is_above;) {
        nodes[path[k]].is_above = true;
      }
    } else if (roles[frame] == FrameRole::kStart) {
      nodes[i].is_above =
          path.size() == 1 || nodes[path[path.size() - 2]].is_above;
    }
  }
}

FrameGroup GroupOf(std::string_view name, std::string_view file,
                   std::string_view mapping) {
  for (const std::string_view start :
       {"std::", "__gnu_cxx::", "operator new", "operator delete", "runtime.",
        "benchmark::", "testing::", "core::", "alloc::"}) {
    if (StartsWith(name, start)) return FrameGroup::kLibrary;
  }
  for (const std::string_view folder : {"/usr/include/", "/usr/lib/"}) {
    if (StartsWith(file, folder)) return FrameGroup::kLibrary;
  }
  for (const std::string_view folder :
       {"/usr/lib", "/lib", "[vdso", "[kernel"}) {
    if (StartsWith(mapping, folder)) return FrameGroup::kLibrary;
  }
  return FrameGroup::kUser;
}

}  // namespace bench_profiler
