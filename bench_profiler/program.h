// One profiled run of a program, as the framework integrations drive it.
//
//   int __wrap_main(int argc, char** argv, char** environment) {
//     bench_profiler::Program program;
//     program.main = __real_main;
//     return bench_profiler::RunMain(argc, argv, environment, program);
//   }
//   // around each call of a benchmark function, if Profiling():
//   uint32_t run = BeginRun(benchmark);
//   RunScope scope(run, thread_index);          // region.h
//
// The names of benchmarks may come after their samples: AddBenchmark ->
// BeginRun... -> ReportBenchmark. All functions are thread-safe, none is
// async-signal-safe, none throws.
#ifndef BENCH_PROFILER_PROGRAM_H_
#define BENCH_PROFILER_PROGRAM_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/visibility.h"

namespace bench_profiler {

// What the profiler has to know of the program that it was linked into.
struct Program {
  int (*main)(int argc, char** argv, char** environment) = nullptr;

  // Flags with which it only lists what there is to run: alone, or with a value
  // that does not start with one of 0fFnN.
  ArrayView<const char*> list_flags;

  // Whether it has tests, which --profile_repeat_until repeats. If not: what
  // there is instead, to be said to who asks for it; "": nothing.
  bool can_repeat = false;
  const char* instead_of_repeats = "";

  // If several processes share the work and may share their output: which of
  // how many this one is. Their files get names of their own.
  int shard = 0;
  int shards = 1;

  // The profiler was loaded into a program that does not know of it: flags come
  // from the environment alone, and the arguments and --help are the program's.
  bool is_preloaded = false;

  // What to say if no benchmark and no test was seen to run; "": nothing. It
  // may be worth saying only if stacks show that a benchmark ran.
  const char* nothing_seen = "";
  bool nothing_seen_needs_a_stack = false;

  // Why the start of a benchmark's timed loop may not be seen; "": unknown.
  const char* why_loops_are_unseen = "";

  // For a framework that cannot be seen: what stacks tell of it. Kept.
  ArrayView<StackLabel> stack_labels;
};

// Whether the program's main goes through RunMain because it was built so. Not
// so of a plain program, be it preloaded.
BENCH_PROFILER_EXPORT bool IsEnabledProgram();

// Runs the program's own main with profiles as argv and the environment ask for
// them. Our flags are removed from argv first. Returns what main returned, or 1
// if that is 0 and a profile could not be written, or if a flag makes no sense
// (then main does not run). A followed child's status is always its own.
BENCH_PROFILER_EXPORT int RunMain(int argc, char** argv, char** environment,
                                  const Program& program);

// Writes the profiles of a process that ends without the handlers of exit, by
// _exit(2). Async-signal-safe.
BENCH_PROFILER_EXPORT void SaveProfiles();

// False if neither a profile nor --benchmem was asked for: nothing below is
// needed then.
BENCH_PROFILER_EXPORT bool Profiling();

// Frames with code in [start, limit) never show, nor, if asked for, what they
// call. For the integrations.
BENCH_PROFILER_EXPORT void HideCode(const void* start, const void* limit,
                                    bool with_callees);

// Adds a line to every profile's comments.
BENCH_PROFILER_EXPORT void AddComment(const char* line);

// A benchmark that is about to run for the first time. `name` is provisional:
// it stands if no result is ever reported. Returns its number.
BENCH_PROFILER_EXPORT uint32_t AddBenchmark(const char* name);

// The benchmark's function is about to be called once more, on one or several
// threads. Returns the number for RunScope, never 0.
BENCH_PROFILER_EXPORT uint32_t BeginRun(uint32_t benchmark);

// What the framework has published of a benchmark.
struct BenchmarkResult {
  const char* name = "";  // in full
  int repetitions = 1;    // how many of the last runs were measured
  int extra_runs = 0;     // unmeasured ones after each measured one
  int threads = 1;
  int64_t iterations = 0;   // of all repetitions and threads
  double cpu_seconds = -1;  // of all repetitions and threads; < 0: unknown
  double real_seconds = -1;
};
BENCH_PROFILER_EXPORT void ReportBenchmark(uint32_t benchmark,
                                           const BenchmarkResult& result);

// The benchmark of this run has done iterations, but the start of its timed
// loop was not seen: it gets no file of its own.
BENCH_PROFILER_EXPORT void ReportUnseenLoop(uint32_t run);

// As ReportBenchmark, for a benchmark of which no run was seen.
BENCH_PROFILER_EXPORT void ReportUnseenBenchmark(const BenchmarkResult& result);

// The same for tests: AddTest once, then for each iteration BeginTest, a
// RunScope with it, EndTest. `subject` is not kBenchmark. `name` is the full
// one, `suite` is "" where there is none. Returns the number for BeginTest.
BENCH_PROFILER_EXPORT uint32_t AddTest(SubjectKind subject, const char* suite,
                                       const char* name);

// Returns the number for RunScope and EndTest, never 0.
BENCH_PROFILER_EXPORT uint32_t BeginTest(uint32_t test, int iteration);

// The CPU seconds, of all threads, up to which a test is to be repeated between
// BeginTest and EndTest; 0: once is enough.
BENCH_PROFILER_EXPORT double RepeatUntil();

// The test ran `runs` times, in these seconds.
BENCH_PROFILER_EXPORT void EndTest(uint32_t run, int runs, double cpu_seconds,
                                   double real_seconds);

}  // namespace bench_profiler

// Defined by the glue of an enabled program, null in others. Whatever its
// value.
extern "C" BENCH_PROFILER_EXPORT __attribute__((weak))
const char bench_profiler_enabled_program;

#endif  // BENCH_PROFILER_PROGRAM_H_
