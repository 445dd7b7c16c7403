// What main does for each framework that the program links.
//
//   bench_profiler::Program program;
//   bench_profiler::DescribeFrameworks(&program);   // before RunMain
//   bench_profiler::StartFrameworks();   // before the user's main, to profile
//
// The glue of a framework may define Describe<Name> and Start<Name>, where Name
// is its name in frameworks.def. They are declared as weak, since only programs
// that link the framework contain its glue.
#ifndef BENCH_PROFILER_INTEGRATIONS_COMMON_FRAMEWORK_HOOKS_H_
#define BENCH_PROFILER_INTEGRATIONS_COMMON_FRAMEWORK_HOOKS_H_

#include "bench_profiler/program.h"
#include "phases.h"

namespace bench_profiler {

#define BENCH_PROFILER_FRAMEWORK(folder, name, text)           \
  __attribute__((weak)) void Describe##name(Program* program); \
  __attribute__((weak)) void Start##name();
#include "../frameworks.def"

// Sets what can be known about the program before it starts.
inline void DescribeFrameworks(Program* program) {
  static const char* const list_flags[] = {
#define BENCH_PROFILER_FRAMEWORK_LIST_FLAG(folder, flag) flag,
#include "../frameworks.def"
  };
  DescribePhases(program);
  program->list_flags = {list_flags, sizeof(list_flags) / sizeof(*list_flags)};
#define BENCH_PROFILER_FRAMEWORK(folder, name, text) \
  if (Describe##name != nullptr) Describe##name(program);
#include "../frameworks.def"
}

inline void StartFrameworks() {
#define BENCH_PROFILER_FRAMEWORK(folder, name, text) \
  if (Start##name != nullptr) Start##name();
#include "../frameworks.def"
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTEGRATIONS_COMMON_FRAMEWORK_HOOKS_H_
