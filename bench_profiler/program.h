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
// The names of regions may come after their samples: AddRegion -> BeginRun...
// -> ReportRegion. All functions are thread-safe, none is async-signal-safe,
// none throws.
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

  // The names of the phases that regions have, by their numbers
  // (Phase::index()). Kept.
  ArrayView<const char*> phases;

  // If several processes share the work and may share their output: which of
  // how many this one is. Their files get names of their own.
  int shard = 0;
  int shards = 1;

  // The profiler was loaded into a program that does not know of it: flags come
  // from the environment alone, and the arguments and --help are the program's.
  bool is_preloaded = false;

  // What to say if no region was seen to run; "": nothing. If `shows_a_region`
  // is not null, only where a stack has a function of which it returns true:
  // the framework is built in a way that hides its regions. It is called in the
  // exporter's namespace and must not allocate.
  const char* nothing_seen = "";
  bool (*shows_a_region)(const char* function) = nullptr;

  // For a framework that cannot be seen: what stacks tell of it. Kept.
  ArrayView<StackLabel> stack_labels;
};

// Whether the program's main goes through RunMain because it was built so. Not
// so of a plain program, be it preloaded.
BENCH_PROFILER_EXPORT bool IsEnabledProgram();

// Whether this profiler was preloaded into a program.
bool IsPreloaded();

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

// A region that is about to run for the first time: one benchmark, one test.
// `name` is its full one, or a provisional one, which stands if no result is
// ever reported; `group` is "" where there is none. Returns its number.
BENCH_PROFILER_EXPORT uint32_t AddRegion(const RegionKind* kind,
                                         const char* group, const char* name);

// The region is about to run once more, on one or several threads. Only its
// result will tell which runs were measured. Returns the number for RunScope,
// never 0.
BENCH_PROFILER_EXPORT uint32_t BeginRun(uint32_t region);

// What the framework has published of a region.
struct RegionResult {
  const char* name = "";  // in full
  int repetitions = 1;    // how many of the last runs were measured
  int extra_runs = 0;     // unmeasured ones after each measured one
  int threads = 1;
  int64_t iterations = 0;   // of all repetitions and threads
  double cpu_seconds = -1;  // of all repetitions and threads; < 0: unknown
  double real_seconds = -1;
};
BENCH_PROFILER_EXPORT void ReportRegion(uint32_t region,
                                        const RegionResult& result);

// The region of this run has done iterations, but the start of its timed loop
// was not seen: it gets no file of its own.
BENCH_PROFILER_EXPORT void ReportUnseenLoop(uint32_t run);

// As AddRegion and ReportRegion, for a region of which no run was seen.
BENCH_PROFILER_EXPORT void ReportUnseenRegion(const RegionKind* kind,
                                              const RegionResult& result);

// Where it is known beforehand that a run is measured, as with tests: its
// number, 0, 1... Returns the number for RunScope and EndRepetition, never 0.
BENCH_PROFILER_EXPORT uint32_t BeginRepetition(uint32_t region, int repetition);

// The CPU seconds, of all threads, up to which a test is to be repeated within
// a repetition; 0: once is enough.
BENCH_PROFILER_EXPORT double RepeatUntil();

// The region ran `times` times, in these seconds.
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
