// Starts the preloaded profiler, between libc's start-up code and main of a
// program that was not built for it.
#include <dlfcn.h>

#include "../common/framework_hooks.h"
#include "../common/hook_section.h"
#include "bench_profiler/heap_hooks.h"
#include "bench_profiler/program.h"
#include "exec_hooks.h"
#include "framework.h"
#include "stack_labels.h"

namespace bench_profiler {
namespace {

using Main = int (*)(int argc, char** argv, char** environment);
using Function = void (*)();
using StartMain = int (*)(Main main, int argc, char** argv, Function initialize,
                          Function finish, Function finish_loader,
                          void* stack_end);

Main program_main = nullptr;

}  // namespace
}  // namespace bench_profiler

extern "C" {

const char bench_profiler_preloaded_library = 1;

BENCH_PROFILER_HOOK static int RealMain(int argc, char** argv,
                                        char** environment) {
  if (bench_profiler::Profiling()) {
    bench_profiler::HideHooks();
    bench_profiler::StartFrameworks();
  }
  bench_profiler::KeepVariablesToThisProcess();
  return bench_profiler::program_main(argc, argv, environment);
}

BENCH_PROFILER_HOOK static int PreloadedMain(int argc, char** argv,
                                             char** environment) {
  bench_profiler::Program program;
  program.main = RealMain;
  bench_profiler::DescribeFrameworks(&program);
  program.is_preloaded = true;
  program.nothing_seen = bench_profiler::WhatIsMissing();
  program.shows_a_region = nullptr;
  program.stack_labels = bench_profiler::FrameworkStackLabels();
  return bench_profiler::RunMain(argc, argv, environment, program);
}

// Replaces the function of libc, which is called before the program's own
// initializers.
__attribute__((visibility("default"))) int __libc_start_main(
    bench_profiler::Main main, int argc, char** argv,
    bench_profiler::Function initialize, bench_profiler::Function finish,
    bench_profiler::Function finish_loader, void* stack_end) {
  bench_profiler::KeepLibraryToThisProcess();
  if (!bench_profiler::IsEnabledProgram()) {
    bench_profiler::program_main = main;
    main = PreloadedMain;
  }
  const auto next = reinterpret_cast<bench_profiler::StartMain>(
      dlsym(RTLD_NEXT, "__libc_start_main"));
  return next(main, argc, argv, initialize, finish, finish_loader, stack_end);
}

}  // extern "C"
