// What frameworks tell of their benchmarks and tests while they run.
#include "bench_profiler/program.h"
#include "bench_profiler/region.h"
#include "bench_profiler/run/interrupt.h"
#include "bench_profiler/run/session_state.h"

namespace bench_profiler {

void HideCode(const void* start, const void* limit, bool with_callees) {
  if (session == nullptr) return;
  AddressRange range;
  range.start = reinterpret_cast<uintptr_t>(start);
  range.limit = reinterpret_cast<uintptr_t>(limit);
  UninterruptedSection section;
  session->recorder.Hide(range, with_callees);
}

void AddComment(const char* line) {
  if (session == nullptr) return;
  UninterruptedSection section;
  Comment(line);
}

uint32_t AddBenchmark(const char* name) {
  UninterruptedSection section;
  return session->recorder.AddBenchmark(name);
}

uint32_t BeginRun(uint32_t benchmark) {
  UninterruptedSection section;
  Drain();
  return session->recorder.AddRun(benchmark);
}

void ReportBenchmark(uint32_t benchmark, const BenchmarkResult& result) {
  UninterruptedSection section;
  Drain();
  for (const ActiveKind& active : session->kinds) {
    if (active.started) session->recorder.EndRuns(benchmark, active.collector);
  }
  session->recorder.Report(benchmark, result);
  SetOutsideRun(session->recorder.AddOutsideRun());
}

void ReportUnseenLoop(uint32_t run) {
  UninterruptedSection section;
  session->recorder.SetUnseen(run);
}

void ReportUnseenBenchmark(const BenchmarkResult& result) {
  UninterruptedSection section;
  Drain();
  session->recorder.ReportUnseen(result);
  SetOutsideRun(session->recorder.AddOutsideRun());
}

uint32_t AddTest(SubjectKind subject, const char* suite, const char* name) {
  UninterruptedSection section;
  return session->recorder.AddTest(subject, suite, name);
}

uint32_t BeginTest(uint32_t test, int iteration) {
  UninterruptedSection section;
  return session->recorder.AddTestRun(test, iteration);
}

double RepeatUntil() { return session == nullptr ? 0 : session->repeat_until; }

void EndTest(uint32_t run, int runs, double cpu_seconds, double real_seconds) {
  UninterruptedSection section;
  Drain();
  for (const ActiveKind& active : session->kinds) {
    if (active.started) active.collector->EndRun(run);
  }
  session->recorder.ReportTest(run, runs, cpu_seconds, real_seconds);
}

}  // namespace bench_profiler
