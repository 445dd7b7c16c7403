// What frameworks tell of their regions while they run.
#include "bench_profiler/program.h"
#include "bench_profiler/record/instruction_count.h"
#include "bench_profiler/region.h"
#include "bench_profiler/run/session_state.h"
#include "bench_profiler/sampling/sampling.h"
#include "bench_profiler/sampling/section.h"

namespace bench_profiler {

void HideCode(const void* start, const void* limit, bool with_callees) {
  AddressRange range;
  range.start = reinterpret_cast<uintptr_t>(start);
  range.limit = reinterpret_cast<uintptr_t>(limit);
  HideRange(range, with_callees);
}

void AddComment(const char* line) {
  if (session == nullptr) return;
  UninterruptedSection section;
  Comment(line);
}

uint32_t AddRegion(const RegionKind* kind, const char* group,
                   const char* name) {
  UninterruptedSection section;
  return session->log.AddRegion(kind, group, name);
}

uint32_t BeginRun(uint32_t region) {
  UninterruptedSection section;
  DrainAllInSection();
  return session->log.AddRun(region, session->Now());
}

void ReportRegion(uint32_t region, const RegionResult& result) {
  UninterruptedSection section;
  DrainAllInSection();
  session->log.ForEachUnreportedRun(region, EndRunInSection);
  session->log.Report(region, result);
  SetOutsideRun(session->log.AddOutsideRun());
}

void ReportAllocations(uint32_t run, uint64_t allocations, uint64_t bytes) {
  UninterruptedSection section;
  session->log.AddAllocations(run, allocations, bytes);
}

void ReportUnseenLoop(uint32_t run) {
  UninterruptedSection section;
  session->log.SetUnseen(run);
}

void ReportUnseenRegion(const RegionKind* kind, const RegionResult& result) {
  UninterruptedSection section;
  DrainAllInSection();
  session->log.ReportUnseen(kind, result);
  SetOutsideRun(session->log.AddOutsideRun());
}

uint32_t BeginRepetition(uint32_t region, int repetition) {
  UninterruptedSection section;
  return session->log.AddRepetition(region, repetition, session->Now());
}

int64_t IterationsToCount() {
  if (!CountingInstructions()) return 0;
  for (const ActiveKind& active : session->kinds) {
    if (active.kind->sets_iterations) return active.options.rate;
  }
  return 0;
}

double RepeatUntil() { return session == nullptr ? 0 : session->repeat_until; }

void EndRepetition(uint32_t run, int times, double cpu_seconds,
                   double real_seconds) {
  UninterruptedSection section;
  DrainAllInSection();
  EndRunInSection(run);
  session->log.EndRepetition(run, times, cpu_seconds, real_seconds);
}

}  // namespace bench_profiler
