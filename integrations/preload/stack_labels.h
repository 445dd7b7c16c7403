// Labels that are read off stacks, for a framework whose calls cannot be seen,
// such as one that is linked statically into a program that was not built for
// profiles.
//
//   program.stack_labels = FrameworkStackLabels();
//
//   BM_Sort(benchmark::State&)      benchmark = BM_Sort
//   Sort(benchmark::State&, int)    benchmark = Sort(...), its caller
//   Suite_Name_Test::TestBody()     test = Suite.Name
#ifndef BENCH_PROFILER_INTEGRATIONS_PRELOAD_STACK_LABELS_H_
#define BENCH_PROFILER_INTEGRATIONS_PRELOAD_STACK_LABELS_H_

#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

ArrayView<StackLabel> FrameworkStackLabels();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTEGRATIONS_PRELOAD_STACK_LABELS_H_
