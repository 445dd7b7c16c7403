// Compiled into each enabled program: main goes through the profiler.
//
// Linked with --wrap=main: the start-up code's reference to main resolves to
// __wrap_main here, and __real_main is the user's.
#include "bench_profiler/session.h"
#include "hook_section.h"

extern "C" {

int __real_main(int argc, char** argv, char** environment);

BENCH_PROFILER_HOOK int __wrap_main(int argc, char** argv, char** environment) {
  return bench_profiler::RunMain(argc, argv, environment, __real_main);
}

}  // extern "C"
