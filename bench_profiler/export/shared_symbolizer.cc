#include "bench_profiler/export/shared_symbolizer.h"

namespace bench_profiler {

Symbolizer* SharedSymbolizer(const ExporterLock& lock) {
  static Symbolizer* symbolizer = nullptr;
  // The old one is left as it is: even to delete it, it must be whole.
  if (symbolizer == nullptr || lock.WasTorn()) symbolizer = new Symbolizer;
  return symbolizer;
}

}  // namespace bench_profiler
