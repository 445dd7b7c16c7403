#include "stack_labels.h"

#include <cstddef>

namespace bench_profiler {

#define BENCH_PROFILER_FRAMEWORK_STACK_LABEL(folder, name, key) \
  bool Read##name##Label(const char* function, char* value, size_t size);
#include "../frameworks.def"

ArrayView<StackLabel> FrameworkStackLabels() {
  static constexpr StackLabel kLabels[] = {
#define BENCH_PROFILER_FRAMEWORK_STACK_LABEL(folder, name, key) \
  {key, Read##name##Label},
#include "../frameworks.def"
  };
  return {kLabels, sizeof(kLabels) / sizeof(*kLabels)};
}

}  // namespace bench_profiler
