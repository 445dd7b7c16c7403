// One profiled run of a program, as the framework integrations drive it.
//
//   int __wrap_main(int argc, char** argv, char** environment) {
//     bench_profiler::Program program;
//     program.main = __real_main;
//     return bench_profiler::RunMain(argc, argv, environment, program);
//   }
//   // around each call of a benchmark function, if Profiling():
//   uint32_t run = BeginRun(region);
//   RunScope scope(run, thread_index, kSetup);          // region.h
//
// The final name of a region may be told after its samples were taken:
// AddRegion, then BeginRun for each run, then ReportRegion. All functions are
// thread-safe and throw nothing, but are not async-signal-safe.
#ifndef BENCH_PROFILER_PROGRAM_H_
#define BENCH_PROFILER_PROGRAM_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/visibility.h"

namespace bench_profiler {

// What the profiler has to know of the program in which it runs.
struct Program {
  int (*main)(int argc, char** argv, char** environment) = nullptr;

  // Flags that make the program only list what it can run. Each may stand alone
  // or have a value that does not start with one of 0fFnN.
  ArrayView<const char*> list_flags;

  // Whether it has tests, which --profile_repeat_until can repeat. If not, the
  // text is what to tell the user who asks for that; "": nothing.
  bool can_repeat = false;
  const char* instead_of_repeats = "";

  // The names of the phases that regions have, by their numbers
  // (Phase::index()). Kept.
  ArrayView<const char*> phases;

  // What compiled the program, such as "g++ 12.2.0", and how: "release". "":
  // unknown.
  const char* compiler = "";
  const char* build_type = "";

  // If several processes share the work: which of how many this one is. The
  // names of its files tell, since all may write to one folder.
  int shard = 0;
  int shards = 1;

  // The profiler was preloaded into a program that does not know of it. So
  // flags come from the environment only, and the arguments and --help belong
  // to the program.
  bool is_preloaded = false;

  // What to tell the user if no region was seen; "": nothing. If
  // `shows_a_region` is not null, this is only said if it returns true for a
  // function in some stack, which means that regions did run but the framework
  // was built in a way that hides them. It is called in the exporter's
  // namespace and must not allocate.
  const char* nothing_seen = "";
  bool (*shows_a_region)(const char* function) = nullptr;

  // For a framework whose calls cannot be seen: how to read labels off stacks.
  // Must stay valid.
  ArrayView<StackLabel> stack_labels;
};

// Returns whether the program was built so that its main goes through RunMain.
BENCH_PROFILER_EXPORT bool IsEnabledProgram();

// Returns whether this profiler was preloaded into a program.
bool IsPreloaded();

// Removes our flags from argv, runs the program's own main, and profiles it as
// the flags and the environment say. Returns what main returned, or 1 if that
// was 0 and a profile could not be written. If a flag makes no sense, returns 1
// and does not run main. A followed child always keeps its own exit status.
BENCH_PROFILER_EXPORT int RunMain(int argc, char** argv, char** environment,
                                  const Program& program);

// Writes the profiles of a process that is about to end by _exit(2), which
// calls no exit handlers. Async-signal-safe.
BENCH_PROFILER_EXPORT void SaveProfiles();

// Returns whether a profile or --benchmem was asked for. If not, nothing below
// needs to be called.
BENCH_PROFILER_EXPORT bool Profiling();

// Leaves frames with code in [start, limit) out of all profiles, and if asked
// for also those that they call. For the integrations.
BENCH_PROFILER_EXPORT void HideCode(const void* start, const void* limit,
                                    bool with_callees);

// Adds a line to the comments of every profile.
BENCH_PROFILER_EXPORT void AddComment(const char* line);

// Announces a region, such as a benchmark or a test, that will run for the
// first time. `name` is its full name, or a provisional one, which is used if
// no result is ever reported. `group` is "" if it has none. Returns the number
// of the region.
BENCH_PROFILER_EXPORT uint32_t AddRegion(const RegionKind* kind,
                                         const char* group, const char* name);

// Announces one more run of the region, on one or several threads. Which runs
// were measured is only known from its result. Returns the number for RunScope,
// which is never 0.
BENCH_PROFILER_EXPORT uint32_t BeginRun(uint32_t region);

// What the framework tells of one measured run, all of its threads together.
struct RunResult {
  int64_t iterations = -1;  // negative: unknown
  double cpu_seconds = -1;
  double real_seconds = -1;
};

// The result of a region, as the framework tells it.
struct RegionResult {
  const char* name = "";  // in full
  int repetitions = 1;    // how many of the last runs were measured
  int extra_runs = 0;     // unmeasured ones after each measured one
  int threads = 1;
  int64_t iterations = 0;   // of all repetitions and threads
  double cpu_seconds = -1;  // of all repetitions and threads; < 0: unknown
  double real_seconds = -1;
  ArrayView<RunResult> runs;  // one for each repetition, or none
};
BENCH_PROFILER_EXPORT void ReportRegion(uint32_t region,
                                        const RegionResult& result);

// Adds to what one run has allocated in its measured phases. To be called if
// CountingAllocations(), once for each of its threads.
BENCH_PROFILER_EXPORT void ReportAllocations(uint32_t run, uint64_t allocations,
                                             uint64_t bytes);

// Tells that the region of this run has done iterations, but that nobody saw
// its timed loop begin. So it gets no file of its own.
BENCH_PROFILER_EXPORT void ReportUnseenLoop(uint32_t run);

// Does what AddRegion and ReportRegion do, for a region none of whose runs was
// seen.
BENCH_PROFILER_EXPORT void ReportUnseenRegion(const RegionKind* kind,
                                              const RegionResult& result);

// The same as BeginRun where it is known beforehand that the run is measured,
// as with tests. `repetition` counts from 0. Returns the number for RunScope
// and EndRepetition, which is never 0.
BENCH_PROFILER_EXPORT uint32_t BeginRepetition(uint32_t region, int repetition);

// The CPU seconds, of all threads, that a test should use in each repetition;
// it is run again and again until then. 0: once is enough.
BENCH_PROFILER_EXPORT double RepeatUntil();

// How often a benchmark's loop should run where the framework would choose by
// time, since instructions are counted. 0: as the framework chooses.
BENCH_PROFILER_EXPORT int64_t IterationsToCount();

// Tells that the region ran `times` times, in these seconds.
BENCH_PROFILER_EXPORT void EndRepetition(uint32_t run, int times,
                                         double cpu_seconds,
                                         double real_seconds);

}  // namespace bench_profiler

// Defined by the glue of an enabled program, null in others. Whatever its
// value.
extern "C" BENCH_PROFILER_EXPORT __attribute__((weak))
const char bench_profiler_enabled_program;

// Defined in the library that is preloaded, null in others.
extern "C" __attribute__((weak, visibility("hidden")))
const char bench_profiler_preloaded_library;

#endif  // BENCH_PROFILER_PROGRAM_H_
