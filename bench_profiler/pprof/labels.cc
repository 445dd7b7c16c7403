#include "bench_profiler/labels.h"

#include "bench_profiler/record/label_sets.h"

namespace bench_profiler {
namespace pprof {
namespace internal {
namespace {

uint32_t Enter(uint32_t set, uint32_t outer) {
  SetCurrentLabels(set);
  return outer;
}

}  // namespace

uint32_t LabelSetOf(const Label* labels, size_t count) {
  return InternLabels(0, labels, count);
}

uint32_t EnterLabels(const Label* labels, size_t count) {
  const uint32_t outer = CurrentLabels();
  return Enter(InternLabels(outer, labels, count), outer);
}

uint32_t EnterLabelSet(uint32_t set) {
  const uint32_t outer = CurrentLabels();
  return Enter(MergeLabels(outer, set), outer);
}

void LeaveLabels(uint32_t outer) { SetCurrentLabels(outer); }

uint32_t LabelSetOfThread() { return CurrentLabels(); }

}  // namespace internal
}  // namespace pprof
}  // namespace bench_profiler
