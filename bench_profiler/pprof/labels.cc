#include "bench_profiler/labels.h"

#include "bench_profiler/pprof/passed_on.h"
#include "bench_profiler/record/label_sets.h"
#include "bench_profiler/record/trace_log.h"

namespace bench_profiler {
namespace pprof {
namespace internal {
namespace {

void Set(uint32_t set) {
  SetCurrentLabels(set);
  if (Tracing()) AddTraceLabels(0, set);
}

uint32_t Enter(uint32_t set, uint32_t outer) {
  Set(set);
  return outer;
}

}  // namespace

uint32_t LabelSetOf(const Label* labels, size_t count) {
  if (const auto next = PassedOn<&LabelSetOf>()) return next(labels, count);
  return InternLabels(0, labels, count);
}

uint32_t EnterLabels(const Label* labels, size_t count) {
  if (const auto next = PassedOn<&EnterLabels>()) return next(labels, count);
  const uint32_t outer = CurrentLabels();
  return Enter(InternLabels(outer, labels, count), outer);
}

uint32_t EnterLabelSet(uint32_t set) {
  if (const auto next = PassedOn<&EnterLabelSet>()) return next(set);
  const uint32_t outer = CurrentLabels();
  return Enter(MergeLabels(outer, set), outer);
}

void LeaveLabels(uint32_t outer) {
  if (const auto next = PassedOn<&LeaveLabels>()) return next(outer);
  Set(outer);
}

uint32_t LabelSetOfThread() {
  if (const auto next = PassedOn<&LabelSetOfThread>()) return next();
  return CurrentLabels();
}

}  // namespace internal
}  // namespace pprof
}  // namespace bench_profiler
