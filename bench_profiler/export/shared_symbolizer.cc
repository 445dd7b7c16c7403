#include "bench_profiler/export/shared_symbolizer.h"

namespace bench_profiler {

Symbolizer* SharedSymbolizer(const ExporterLock& lock) {
  static Symbolizer* symbolizer = nullptr;
  // The old one may be half changed, so that it cannot even be deleted.
  if (symbolizer == nullptr || lock.WasTorn()) symbolizer = new Symbolizer;
  return symbolizer;
}

}  // namespace bench_profiler
