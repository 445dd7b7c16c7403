#include "framework.h"

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>

#include <cstdlib>
#include <cstring>
#include <string>

#include "../common/known_framework.h"
#include "../common/standard_library.h"
#include "bench_profiler/program.h"
#include "program_symbols.h"

namespace bench_profiler {
namespace {

struct Framework {
  const char* name;
  const char* symbol;    // a function that all versions have
  const char* compiled;  // version of the headers at hand, "" if unknown
  // One whose symbol tells the standard library that the framework was built
  // with: its objects have strings in them.
  const char* symbol_with_string;
};

constexpr Framework kGoogleBenchmark = {
    "Google Benchmark", "_ZN9benchmark5State16StartKeepRunningEv",
    BENCH_PROFILER_GOOGLE_BENCHMARK_VERSION,
    "_ZNK9benchmark13BenchmarkName3str" BENCH_PROFILER_STRING_TAG "Ev"};
constexpr Framework kGoogleTest = {
    "GoogleTest", "_ZN7testing8UnitTest11GetInstanceEv",
    BENCH_PROFILER_GOOGLETEST_VERSION,
    "_ZN7testing4Test14RecordPropertyE" BENCH_PROFILER_STRING_PAIR};

// The version of the shared library that the program has the framework from, as
// its file is called (libbenchmark.so.1.7.1). "" if it has none, "?" if the
// name does not say.
std::string LoadedVersion(const Framework& framework) {
  const void* address = dlsym(RTLD_NEXT, framework.symbol);
  Dl_info info;
  if (address == nullptr || dladdr(address, &info) == 0) return "";
  char path[PATH_MAX];
  if (realpath(info.dli_fname, path) == nullptr) return "?";
  const char* version = std::strstr(path, ".so.");
  if (version == nullptr) return "?";
  version += 4;
  const std::string text(version, std::strspn(version, "0123456789."));
  return text.empty() ? "?" : text;
}

bool HasOurStandardLibrary(const Framework& framework) {
  return dlsym(RTLD_NEXT, framework.symbol_with_string) != nullptr;
}

bool IsKnown(const Framework& framework) {
  const int saved_errno = errno;
  const std::string loaded = LoadedVersion(framework);
  const bool known = !loaded.empty() && loaded == framework.compiled &&
                     HasOurStandardLibrary(framework);
  errno = saved_errno;
  return known;
}

// "" if there is nothing to say.
std::string WhatIsMissing(const Framework& framework) {
  const std::string name = framework.name;
  const std::string loaded = LoadedVersion(framework);
  std::string why;
  if (loaded.empty()) {
    if (!ProgramDefines(framework.symbol)) return "";
    why = name + " is linked statically into this program";
  } else if (loaded == framework.compiled) {
    if (HasOurStandardLibrary(framework)) {
      return "no benchmark and no test was seen to run";
    }
    why = "this program has a " + name +
          " that was built with another standard library than bench_profiler";
  } else {
    why = "this program has " + name + " " +
          (loaded == "?" ? "of an unknown version" : loaded) +
          ", and bench_profiler was built with " +
          (*framework.compiled == '\0' ? "none" : framework.compiled);
  }
  return why +
         ": profiles are of the whole run only, labelled by benchmark or test "
         "as far as stacks tell; build the program with bench_profiler_enable "
         "to have one for each, phases and --benchmem";
}

}  // namespace

bool KnowsGoogleBenchmark() {
  static const bool known = !IsEnabledProgram() && IsKnown(kGoogleBenchmark);
  return known;
}

bool KnowsGoogleTest() {
  static const bool known = !IsEnabledProgram() && IsKnown(kGoogleTest);
  return known;
}

const char* WhatIsMissing() {
  static const std::string* const line = [] {
    const std::string of_benchmarks = WhatIsMissing(kGoogleBenchmark);
    return new std::string(of_benchmarks.empty() ? WhatIsMissing(kGoogleTest)
                                                 : of_benchmarks);
  }();
  return line->c_str();
}

}  // namespace bench_profiler
