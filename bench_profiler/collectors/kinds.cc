// The rows of all kinds.
#include <iterator>

#include "bench_profiler/collectors/kind.h"

namespace bench_profiler {

#define BENCH_PROFILER_KIND(name) Kind name##Kind();
#include "bench_profiler/collectors/kinds.def"
#undef BENCH_PROFILER_KIND

ArrayView<Kind> Kinds() {
  static const Kind kinds[] = {
#define BENCH_PROFILER_KIND(name) name##Kind(),
#include "bench_profiler/collectors/kinds.def"
#undef BENCH_PROFILER_KIND
  };
  static_assert(std::size(kinds) <= kMaxKinds);
  return {kinds, std::size(kinds)};
}

}  // namespace bench_profiler
