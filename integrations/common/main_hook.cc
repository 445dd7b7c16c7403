// Compiled into each enabled program, so that the profiler calls its main.
//
// Linked with --wrap=main: the start-up code's reference to main resolves to
// __wrap_main here, and __real_main is the user's.
#include "bench_profiler/heap_hooks.h"
#include "bench_profiler/program.h"
#include "framework_hooks.h"
#include "hook_section.h"

namespace {

// This is compiled as the program is. Clang's version names Clang by itself.
#ifdef __clang__
constexpr char kCompiler[] = __VERSION__;
#else
constexpr char kCompiler[] = "g++ " __VERSION__;
#endif

#ifdef __OPTIMIZE__
constexpr bool kOptimized = true;
#else
constexpr bool kOptimized = false;
#endif
#ifdef NDEBUG
constexpr bool kAsserts = false;
#else
constexpr bool kAsserts = true;
#endif
// As CMake's build types; also those that it has no name for.
constexpr const char* kBuildType =
    kOptimized ? (kAsserts ? "release with assertions" : "release")
               : (kAsserts ? "debug" : "debug without assertions");

}  // namespace

extern "C" {

const char bench_profiler_enabled_program = 1;

int __real_main(int argc, char** argv, char** environment);

BENCH_PROFILER_HOOK static int RealMain(int argc, char** argv,
                                        char** environment) {
  if (bench_profiler::Profiling()) {
    bench_profiler::HideHooks();
    bench_profiler::StartFrameworks();
  }
  return __real_main(argc, argv, environment);
}

BENCH_PROFILER_HOOK int __wrap_main(int argc, char** argv, char** environment) {
  bench_profiler::Program program;
  program.main = RealMain;
  program.compiler = kCompiler;
  program.build_type = kBuildType;
  bench_profiler::DescribeFrameworks(&program);
  return bench_profiler::RunMain(argc, argv, environment, program);
}

}  // extern "C"
