// Compiled into each enabled program, against its own Google Benchmark headers:
// tells the profiler what Google Benchmark is doing.
//
// Linked with one --wrap option per symbol below (integrations/frameworks.def
// has the same ones). A symbol that a version of Google Benchmark does not have
// is never called here; its __real_ stays null. If the headers are found, as in
// /usr/include, this is also compiled into programs that do not link Google
// Benchmark. There, nothing here is ever called.
//
// Also part of the preloaded profiler (integrations/preload/).
#if __has_include(<benchmark/benchmark.h>)
#include <dlfcn.h>

#include <atomic>
#include <cstring>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "../common/expose.h"
#include "../common/framework_hooks.h"
#include "../common/known_framework.h"
#include "../common/phases.h"
#include "../common/standard_library.h"
#include "../common/virtual_hook.h"
#include "bench_profiler/allocations.h"
#include "bench_profiler/hook_section.h"
#include "bench_profiler/program.h"
#include "bench_profiler/region.h"
#include "benchmark_header.h"
#include "run_tracker.h"

namespace bench_profiler {

using benchmark::State;
using Reporter = benchmark::BenchmarkReporter;
// benchmark::internal::Benchmark before 1.9.5, benchmark::Benchmark since.
using Benchmark = std::remove_pointer_t<decltype(benchmark::RegisterBenchmark(
    "", static_cast<benchmark::internal::Function*>(nullptr)))>;

// The name and arguments of a benchmark. Google Benchmark has them in private
// members, and tells them only after the benchmark has run.
struct FamilyName {
  using Member = std::string Benchmark::*;
  friend Member MemberOf(FamilyName);
};
struct FixedIterations {
  using Member = benchmark::IterationCount Benchmark::*;
  friend Member MemberOf(FixedIterations);
};
struct Arguments {
  using Member = std::vector<int64_t> State::*;
  friend Member MemberOf(Arguments);
};
template struct Expose<FamilyName, &Benchmark::name_>;
template struct Expose<FixedIterations, &Benchmark::iterations_>;
template struct Expose<Arguments, &State::range_>;

namespace {

using RunFunction = void (*)(Benchmark*, State&);
using ReportFunction = void (*)(Reporter*, const std::vector<Reporter::Run>&);

// Adds counters like those of Go's -benchmem. Google Benchmark adds up the
// counters of the threads. If the user has set a counter of the same name, that
// one stays.
BENCH_PROFILER_WORK void AddAllocationCounters(uint32_t run, State* state) {
  const HiddenAllocations hidden;
  const AllocationCounts counts = TakeTimedAllocations();
  ReportAllocations(run, counts.allocations, counts.bytes);
  const auto per_iteration = benchmark::Counter::kAvgIterations;
  state->counters.insert(
      {"allocs/op", benchmark::Counter(static_cast<double>(counts.allocations),
                                       per_iteration)});
  state->counters.insert(
      {"B/op",
       benchmark::Counter(static_cast<double>(counts.bytes), per_iteration)});
}

BENCH_PROFILER_HOOK void ReportHook(Reporter* self,
                                    const std::vector<Reporter::Run>& runs) {
  if (Profiling()) {
    const HiddenAllocations hidden;
    RunTracker::Get().Report(runs);
  }
  VirtualHook<ReportFunction>::Original(self)(self, runs);
}

// Before 1.6, only Google Benchmark itself can make its default reporter. This
// is then the first reporter that is constructed after it was asked to run.
std::atomic<bool> awaits_reporter{false};
std::atomic<Reporter*> awaited_reporter{nullptr};

// Is called by the first thread that enters a benchmark. By then, the reporter
// is completely constructed, and nothing has been reported.
BENCH_PROFILER_WORK void HookAwaitedReporter() {
  if (Reporter* reporter = awaited_reporter.exchange(nullptr)) {
    VirtualHook<ReportFunction>::Install(reporter, &Reporter::ReportRuns,
                                         &ReportHook);
  }
}

// Where instructions are counted, all loops run equally often. The number is
// public and const, but the object is not, and it is made, and read again after
// the loop, in other files. A warm-up stays as short as it is.
BENCH_PROFILER_WORK void FixIterations(const Benchmark* benchmark,
                                       State* state) {
  // The type has no sign before 1.6.
  const auto wanted =
      static_cast<benchmark::IterationCount>(IterationsToCount());
  if (benchmark->*MemberOf(FixedIterations()) != 0 ||
      state->max_iterations >= wanted ||
      (HasWarmUp<Benchmark>() && RunTracker::Get().IsFirstRun())) {
    return;
  }
  const_cast<benchmark::IterationCount&>(state->max_iterations) = wanted;
}

// Is called instead of Benchmark::Run, for each thread of each run. Ends the
// timed phase even if the loop was left by break, return or an exception.
BENCH_PROFILER_HOOK void RunHook(Benchmark* self, State& state) {
  const RunFunction run = VirtualHook<RunFunction>::Original(self);
  if (!Profiling()) {
    run(self, state);
    return;
  }
  HookAwaitedReporter();
  struct Visit {
    ~Visit() { RunTracker::Get().Leave(); }
  };
  const uint32_t number = RunTracker::Get().Enter(
      self, self->*MemberOf(FamilyName()), state.*MemberOf(Arguments()), state);
  const Visit visit;
  FixIterations(self, &state);
  const RunScope scope(number, static_cast<uint16_t>(ThreadIndex(state)),
                       kSetup);
  run(self, state);
  SetPhase(kSetup);
  if (!scope.was_measured() && state.iterations() > 0) {
    ReportUnseenLoop(number);
  } else if (CountingAllocations()) {
    AddAllocationCounters(number, &state);
  }
}

BENCH_PROFILER_WORK void HookBenchmark(Benchmark* benchmark) {
  if (!KnowsGoogleBenchmark()) return;
  RunTracker::Get().Forget(benchmark);
  VirtualHook<RunFunction>::Install(benchmark, &Benchmark::Run, &RunHook);
}

// CreateDefaultReporter returns a raw pointer before 1.9.5, a unique_ptr since.
Reporter* Release(Reporter* reporter) { return reporter; }
Reporter* Release(std::unique_ptr<Reporter> reporter) {
  return reporter.release();
}

// Adds a comment with what Google Benchmark prints about the machine before its
// results.
BENCH_PROFILER_WORK void CommentOnContext() {
  const benchmark::CPUInfo& cpu = *GetCpuInfo();
  AddComment(("Google Benchmark: " + std::to_string(cpu.num_cpus) +
              " CPUs of " +
              std::to_string(static_cast<int>(cpu.cycles_per_second / 1e6)) +
              " MHz, host " + GetSystemInfo()->name)
                 .c_str());
}

bool Reporting() { return Profiling() && KnowsGoogleBenchmark(); }

// Returns the reporter to use instead of `reporter`. Both may be null, which
// means the default reporter.
BENCH_PROFILER_WORK Reporter* HookReporter(Reporter* reporter) {
  if (!Reporting()) return reporter;
  const HiddenAllocations hidden;
  // Only once, since overloads of RunSpecifiedBenchmarks may call one another.
  static const bool first = (CommentOnContext(), true);
  (void)first;
  if (reporter == nullptr && CreateDefaultReporter == nullptr) {
    awaits_reporter.store(true);
    return nullptr;
  }
  if (reporter == nullptr) {
    // Static, since Google Benchmark may be asked to run several times, and so
    // that leak checkers see that the reporter is still in use.
    static Reporter* const default_reporter = Release(CreateDefaultReporter());
    reporter = default_reporter;
  }
  VirtualHook<ReportFunction>::Install(reporter, &Reporter::ReportRuns,
                                       &ReportHook);
  return reporter;
}

// Returns the definition of `symbol` that gets the calls that are passed on.
// This is `real`, unless that is our own (see BENCH_PROFILER_WRAP) or null, as
// in preloaded glue. Then it is the one in the shared library.
BENCH_PROFILER_WORK void* NextDefinition(void* real, const char* symbol) {
  const char* address = static_cast<const char*>(real);
  const bool ours = address >= __start_bench_profiler_hooks &&
                    address < __stop_bench_profiler_hooks;
  return ours || real == nullptr ? dlsym(RTLD_NEXT, symbol) : real;
}

// Returns whether this function of Google Benchmark is on the stack only while
// benchmarks run. It is one of class BenchmarkRunner, since no runner is made
// if there is nothing to run. In 1.5 the class is in an unnamed namespace
// inside of benchmark::internal, since then directly in the latter.
BENCH_PROFILER_WORK bool RunsBenchmarks(const char* function) {
  constexpr char kLibrary[] = "benchmark::internal::";
  return std::strncmp(function, kLibrary, sizeof(kLibrary) - 1) == 0 &&
         std::strstr(function, "BenchmarkRunner::") != nullptr;
}

}  // namespace

void DescribeGoogleBenchmark(Program* program) {
  program->instead_of_repeats = "for benchmarks there is --benchmark_min_time";
  program->nothing_seen =
      "no benchmark was seen to run; if one did, Google Benchmark was built "
      "with link-time optimisation, which hides it: build it without";
  program->shows_a_region = RunsBenchmarks;
}

// Catches the calls of a function of Google Benchmark, by its symbol:
//  - from the program's objects, which the linker's --wrap=SYMBOL turns into
//    calls of __wrap_SYMBOL, with the true definition as __real_SYMBOL;
//  - from shared libraries (one with a benchmark's loop, or
//    libbenchmark_main.so), for which the loader finds the definition of SYMBOL
//    here first. It is weak, so that Google Benchmark's own definition replaces
//    it if Google Benchmark is linked statically.
// Next<name> passes the call on. Parameters that are not trivially copyable
// are passed by address (Itanium C++ ABI, 3.1.1).
#define BENCH_PROFILER_WRAP(name, symbol, result, parameters, arguments) \
  __attribute__((weak))                                                  \
  result Real##name parameters __asm__("__real_" symbol);                \
  result Wrap##name parameters __asm__("__wrap_" symbol);                \
  result Own##name parameters __asm__(symbol);                           \
  BENCH_PROFILER_HOOK static result Next##name parameters {              \
    static const auto next = reinterpret_cast<result(*) parameters>(     \
        NextDefinition(reinterpret_cast<void*>(&Real##name), symbol));   \
    return next arguments;                                               \
  }                                                                      \
  __attribute__((weak, visibility("default")))                           \
  BENCH_PROFILER_HOOK result Own##name parameters {                      \
    return Wrap##name arguments;                                         \
  }                                                                      \
  BENCH_PROFILER_HOOK result Wrap##name parameters

// --- the timed loop ---------------------------------------------------------
BENCH_PROFILER_WRAP(StartKeepRunning, "_ZN9benchmark5State16StartKeepRunningEv",
                    void, (void* state), (state)) {
  // It waits for the benchmark's other threads.
  PrepareToCountTimed(/*starts_at_once=*/false);
  NextStartKeepRunning(state);
  if (Profiling()) SetPhase(kTimed);
}
BENCH_PROFILER_WRAP(FinishKeepRunning,
                    "_ZN9benchmark5State17FinishKeepRunningEv", void,
                    (void* state), (state)) {
  if (Profiling()) SetPhase(kSetup);
  FinishCountingTimed();
  NextFinishKeepRunning(state);
  // Google Benchmark may have called PauseTiming meanwhile.
  if (Profiling()) SetPhase(kSetup);
}
BENCH_PROFILER_WRAP(PauseTiming, "_ZN9benchmark5State11PauseTimingEv", void,
                    (void* state), (state)) {
  if (Profiling()) SetPhase(kPaused);
  NextPauseTiming(state);
  FinishCountingTimed();
}
BENCH_PROFILER_WRAP(ResumeTiming, "_ZN9benchmark5State12ResumeTimingEv", void,
                    (void* state), (state)) {
  PrepareToCountTimed(/*starts_at_once=*/true);
  NextResumeTiming(state);
  if (Profiling()) SetPhase(kTimed);
}

// --- benchmarks as they are registered --------------------------------------
#define BENCH_PROFILER_REGISTER \
  "_ZN9benchmark8internal25RegisterBenchmarkInternalE"
// The benchmark is passed by pointer until 1.9.1.
BENCH_PROFILER_WRAP(RegisterPointer, BENCH_PROFILER_REGISTER "PNS0_9BenchmarkE",
                    void*, (Benchmark * benchmark), (benchmark)) {
  HookBenchmark(benchmark);
  return NextRegisterPointer(benchmark);
}
// It is passed by unique_ptr to internal::Benchmark since 1.9.2, and to
// Benchmark since 1.9.5.
BENCH_PROFILER_WRAP(
    RegisterInternal,
    BENCH_PROFILER_REGISTER BENCH_PROFILER_UNIQUE_PTR("NS0_9BenchmarkE"), void*,
    (Benchmark * *benchmark), (benchmark)) {
  HookBenchmark(*benchmark);
  return NextRegisterInternal(benchmark);
}
BENCH_PROFILER_WRAP(
    RegisterUnique,
    BENCH_PROFILER_REGISTER BENCH_PROFILER_UNIQUE_PTR("NS_9BenchmarkE"), void*,
    (Benchmark * *benchmark), (benchmark)) {
  HookBenchmark(*benchmark);
  return NextRegisterUnique(benchmark);
}

// --- managers that get runs of their own ------------------------------------
BENCH_PROFILER_WRAP(RegisterMemoryManager,
                    "_ZN9benchmark21RegisterMemoryManagerEPNS_13MemoryManagerE",
                    void, (void* manager), (manager)) {
  RunTracker::Get().SetMemoryManager(manager != nullptr);
  NextRegisterMemoryManager(manager);
}
BENCH_PROFILER_WRAP(
    RegisterProfilerManager,
    "_ZN9benchmark23RegisterProfilerManagerEPNS_15ProfilerManagerE", void,
    (void* manager), (manager)) {
  RunTracker::Get().SetProfilerManager(manager != nullptr);
  NextRegisterProfilerManager(manager);
}

// --- a reporter as it is constructed ----------------------------------------
BENCH_PROFILER_WRAP(ConstructReporter, "_ZN9benchmark17BenchmarkReporterC2Ev",
                    void, (Reporter * reporter), (reporter)) {
  NextConstructReporter(reporter);
  if (awaits_reporter.exchange(false)) awaited_reporter.store(reporter);
}

// --- the run as a whole; its display reporter is told the names -------------
// The overloads have 0 to 2 reporters, with or without a filter, which is a
// std::string.
#define BENCH_PROFILER_RUN "_ZN9benchmark22RunSpecifiedBenchmarksE"
BENCH_PROFILER_WRAP(Run1, BENCH_PROFILER_RUN "PNS_17BenchmarkReporterE", size_t,
                    (Reporter * display), (display)) {
  return NextRun1(HookReporter(display));
}
BENCH_PROFILER_WRAP(Run, BENCH_PROFILER_RUN "v", size_t, (), ()) {
  return Reporting() ? NextRun1(HookReporter(nullptr)) : NextRun();
}
BENCH_PROFILER_WRAP(Run2, BENCH_PROFILER_RUN "PNS_17BenchmarkReporterES1_",
                    size_t, (Reporter * display, Reporter* file),
                    (display, file)) {
  return NextRun2(HookReporter(display), file);
}
BENCH_PROFILER_WRAP(FilteredRun1,
                    BENCH_PROFILER_RUN
                    "PNS_17BenchmarkReporterE" BENCH_PROFILER_STRING("S2_"),
                    size_t, (Reporter * display, void* filter),
                    (display, filter)) {
  return NextFilteredRun1(HookReporter(display), filter);
}
BENCH_PROFILER_WRAP(FilteredRun,
                    BENCH_PROFILER_RUN BENCH_PROFILER_STRING("S0_"), size_t,
                    (void* filter), (filter)) {
  return Reporting() ? NextFilteredRun1(HookReporter(nullptr), filter)
                     : NextFilteredRun(filter);
}
BENCH_PROFILER_WRAP(FilteredRun2,
                    BENCH_PROFILER_RUN
                    "PNS_17BenchmarkReporterES1_" BENCH_PROFILER_STRING("S2_"),
                    size_t, (Reporter * display, Reporter* file, void* filter),
                    (display, file, filter)) {
  return NextFilteredRun2(HookReporter(display), file, filter);
}

}  // namespace bench_profiler
#endif  // __has_include(<benchmark/benchmark.h>)
