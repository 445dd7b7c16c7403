// Finds kinds by the names that the API uses.
#ifndef BENCH_PROFILER_PPROF_KINDS_BY_NAME_H_
#define BENCH_PROFILER_PPROF_KINDS_BY_NAME_H_

#include <cstddef>
#include <cstring>

#include "bench_profiler/collectors/kind.h"

namespace bench_profiler {

// Returns the index in Kinds() of the kind of this name, which must exist.
inline size_t KindIndex(const char* name) {
  size_t index = 0;
  while (std::strcmp(Kinds()[index].name, name) != 0) ++index;
  return index;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PPROF_KINDS_BY_NAME_H_
