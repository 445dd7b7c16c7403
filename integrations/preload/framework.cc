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
  const char* folder;    // as frameworks.def has it
  const char* symbol;    // a function that all versions have
  const char* compiled;  // version of the headers in use, "" if unknown
  // A function whose symbol tells which standard library the framework was
  // built with. This has to be ours, since its objects have strings in them.
  const char* symbol_with_string;
};

constexpr Framework kFrameworks[] = {
#define BENCH_PROFILER_FRAMEWORK_SYMBOLS(folder, any, with_string) \
  {#folder, any, BENCH_PROFILER_VERSION_##folder, with_string},
#include "../frameworks.def"
};

const Framework& Find(const char* folder) {
  const Framework* framework = kFrameworks;
  while (std::strcmp(framework->folder, folder) != 0) ++framework;
  return *framework;
}

// Returns the version of the shared library of the framework that the program
// has, as the name of its file says (libbenchmark.so.1.7.1). "" if there is no
// such library, "?" if its name does not say.
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

// Returns the line about one framework, or "" if there is nothing to say.
std::string WhatIsMissing(const std::string& name, const Framework& framework) {
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

#define BENCH_PROFILER_FRAMEWORK(folder, name, text)                         \
  bool Knows##name() {                                                       \
    static const bool known = !IsEnabledProgram() && IsKnown(Find(#folder)); \
    return known;                                                            \
  }
#include "../frameworks.def"

const char* WhatIsMissing() {
  static const std::string* const line = [] {
    std::string missing;
#define BENCH_PROFILER_FRAMEWORK(folder, name, text) \
  if (missing.empty()) missing = WhatIsMissing(text, Find(#folder));
#include "../frameworks.def"
    return new std::string(missing);
  }();
  return line->c_str();
}

}  // namespace bench_profiler
