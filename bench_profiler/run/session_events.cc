// What frameworks tell of their benchmarks and tests while they run.
#include "bench_profiler/program.h"
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

uint32_t AddBenchmark(const char* name) {
  UninterruptedSection section;
  return session->log.AddBenchmark(name);
}

uint32_t BeginRun(uint32_t benchmark) {
  UninterruptedSection section;
  DrainAllInSection();
  return session->log.AddRun(benchmark);
}

void ReportBenchmark(uint32_t benchmark, const BenchmarkResult& result) {
  UninterruptedSection section;
  DrainAllInSection();
  session->log.ForEachUnreportedRun(benchmark, EndRunInSection);
  session->log.Report(benchmark, result);
  SetOutsideRun(session->log.AddOutsideRun());
}

void ReportUnseenLoop(uint32_t run) {
  UninterruptedSection section;
  session->log.SetUnseen(run);
}

void ReportUnseenBenchmark(const BenchmarkResult& result) {
  UninterruptedSection section;
  DrainAllInSection();
  session->log.ReportUnseen(result);
  SetOutsideRun(session->log.AddOutsideRun());
}

uint32_t AddTest(SubjectKind subject, const char* suite, const char* name) {
  UninterruptedSection section;
  return session->log.AddTest(subject, suite, name);
}

uint32_t BeginTest(uint32_t test, int iteration) {
  UninterruptedSection section;
  return session->log.AddTestRun(test, iteration);
}

double RepeatUntil() { return session == nullptr ? 0 : session->repeat_until; }

void EndTest(uint32_t run, int runs, double cpu_seconds, double real_seconds) {
  UninterruptedSection section;
  DrainAllInSection();
  EndRunInSection(run);
  session->log.ReportTest(run, runs, cpu_seconds, real_seconds);
}

}  // namespace bench_profiler
