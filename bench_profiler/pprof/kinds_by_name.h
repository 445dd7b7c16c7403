// Kinds as the API names them.
#ifndef BENCH_PROFILER_PPROF_KINDS_BY_NAME_H_
#define BENCH_PROFILER_PPROF_KINDS_BY_NAME_H_

#include <cstddef>
#include <cstring>

#include "bench_profiler/collectors/kind.h"

namespace bench_profiler {

// The index of the kind among Kinds(), which has it.
inline size_t KindIndex(const char* name) {
  size_t index = 0;
  while (std::strcmp(Kinds()[index].name, name) != 0) ++index;
  return index;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PPROF_KINDS_BY_NAME_H_
