// THE table of profile kinds: one line each, in the order of the help.
#include <iterator>

#include "bench_profiler/collectors/kind.h"

#define BENCH_PROFILER_KINDS(X) \
  X(CpuKind)                    \
  X(HeapKind)

namespace bench_profiler {

#define BENCH_PROFILER_DECLARE(function) Kind function();
BENCH_PROFILER_KINDS(BENCH_PROFILER_DECLARE)
#undef BENCH_PROFILER_DECLARE

ArrayView<Kind> Kinds() {
#define BENCH_PROFILER_ROW(function) function(),
  static const Kind kinds[] = {BENCH_PROFILER_KINDS(BENCH_PROFILER_ROW)};
#undef BENCH_PROFILER_ROW
  static_assert(std::size(kinds) <= kMaxKinds);
  return {kinds, std::size(kinds)};
}

}  // namespace bench_profiler
