#include "bench_profiler/run/session.h"

#include <dlfcn.h>
#include <limits.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "bench_profiler/collectors/kind.h"
#include "bench_profiler/export/exporter_loader.h"
#include "bench_profiler/platform/fork_events.h"
#include "bench_profiler/platform/never_destroyed.h"
#include "bench_profiler/program.h"
#include "bench_profiler/record/instruction_count.h"
#include "bench_profiler/record/timed_allocations.h"
#include "bench_profiler/region.h"
#include "bench_profiler/run/flags.h"
#include "bench_profiler/run/interrupt.h"
#include "bench_profiler/run/output_path.h"
#include "bench_profiler/run/program_binaries.h"
#include "bench_profiler/run/serving.h"
#include "bench_profiler/run/session_context.h"
#include "bench_profiler/run/session_state.h"
#include "bench_profiler/sampling/sampling.h"
#include "bench_profiler/sampling/section.h"
#include "bench_profiler/sampling/trace.h"
#include "bench_profiler/sampling/traced_regions.h"

namespace bench_profiler {

Session* session = nullptr;
std::atomic<bool> profiling{false};

namespace {

int64_t Nanos(clockid_t clock) {
  timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * int64_t{1000000000} + time.tv_nsec;
}

// For programs that end by calling exit() and do not return from main. If a
// handler of exit calls exit, the remaining handlers run, and the new status
// counts (glibc).
void OnExit(int status, void*) {
  if (!FinishSession() && status == 0) std::exit(1);
}

void OnQuickExit() { FinishSession(); }

// For traces of a part of the run. Nothing in a forked child: the parent may
// have been changing its tables.
void TellRegions(RawProfile* data) {
  if (getpid() != session->owner) return;
  data->strings = session->samples.strings()->view();
  session->log.FillIn(data);
  data->phases = session->phases;
}

void OnFork() { profiling.store(false); }

constexpr ForkHandlers kForkHandlers = {nullptr, nullptr, OnFork};

// Returns false, with one line in `error`, if a file cannot be written.
// `others` are those of other flags.
bool CheckPath(const std::string& flag, const std::string& path,
               const std::vector<const char*>& others, std::string* error) {
  char problem[PATH_MAX + 512];
  if (session->exporter->check_path(path.c_str(), others.data(), others.size(),
                                    problem, sizeof(problem)) != 0) {
    *error = flag + ": " + problem;
    return false;
  }
  if (IsProgramBinary(path)) {
    *error = flag + ": " + path +
             " is the program itself or one of its libraries; choose another "
             "name";
    return false;
  }
  return true;
}

// Fills session->kinds. Returns false, with one line in `error`, if a file
// cannot be written.
bool CheckPaths(const Options& options, std::string* error) {
  std::vector<std::string> paths;
  const auto check = [&](const std::string& flag, const std::string& path) {
    std::vector<const char*> others;
    others.reserve(paths.size());
    for (const std::string& other : paths) others.push_back(other.c_str());
    if (!CheckPath(flag, path, others, error)) return false;
    paths.push_back(path);
    return true;
  };
  for (size_t i = 0; i < options.kinds.size(); ++i) {
    const KindOptions& asked = options.kinds[i];
    const bool is_traced = Kinds()[i].is_traced && !options.trace_path.empty();
    if (asked.path.empty() && !is_traced) continue;
    ActiveKind active;
    active.index = i;
    active.kind = &Kinds()[i];
    active.options = {asked.rate, asked.choice};
    if (!asked.path.empty()) {
      active.path = OutputPath(options, asked.path);
      if (!check(active.flag(), active.path)) return false;
    }
    session->kinds.push_back(active);
  }
  if (!options.trace_path.empty()) {
    session->trace_path = OutputPath(options, options.trace_path);
    if (!check("--trace", session->trace_path)) return false;
  }
  if (options.report_path.empty()) return true;
  session->report_path = OutputPath(options, options.report_path);
  return check("--profile_report", session->report_path);
}

// Returns whether it could be started.
bool StartTraceOfRun() {
  const Error error = StartTrace(&session->samples);
  if (!error) return true;
  session->failed = true;
  Say(std::string("--trace: ") + error.message());
  return false;
}

void StartCollectors() {
  session->start_time_nanos = Nanos(CLOCK_REALTIME);
  session->start_nanos = Nanos(CLOCK_MONOTONIC);
  session->is_tracing = !session->trace_path.empty() && StartTraceOfRun();
  std::string missing;  // in the trace, which goes on without it
  for (ActiveKind& active : session->kinds) {
    const bool is_for_trace = active.path.empty();
    if (is_for_trace && !session->is_tracing) continue;
    Error notice;
    const Error error =
        Listen(active.index, active.options, &session->samples, &notice);
    active.started = !error;
    if (error && is_for_trace) {
      missing += (missing.empty() ? "without " : "; without ") +
                 std::string(active.kind->name) + ": " + error.message();
      continue;
    }
    if (error) session->failed = true;
    const Error& line = error ? error : notice;
    if (line && (error || !session->is_quiet)) {
      Say(active.flag() + ": " + line.message());
    }
  }
  if (!missing.empty() && !session->is_quiet) Say("--trace: " + missing);
}

// Must be called in a section. `session->samples` has everything afterwards.
void StopCollectors() {
  for (const ActiveKind& active : session->kinds) {
    if (!active.started) continue;
    UnlistenInSection(active.index, &session->samples);
    if (active.kind->is_table && !active.path.empty()) {
      TakeSnapshotInSection(active.index, &session->samples);
    }
  }
  if (session->is_tracing) StopTrace();
  StopCountingAllocations();
}

}  // namespace

int64_t Session::Elapsed() const {
  return Nanos(CLOCK_MONOTONIC) - start_nanos;
}

void Comment(const std::string& line) {
  session->comments.push_back(line);
  session->comment_lines.clear();
  for (const std::string& comment : session->comments) {
    session->comment_lines.push_back(comment.c_str());
  }
}

void Say(const std::string& line) {
  std::fprintf(stderr, "bench_profiler: %s\n", line.c_str());
}

bool StartSession(const Options& options, const Program& program,
                  const std::string& command_line, std::string* error) {
  static NeverDestroyed<Session> only_one;
  session = &*only_one;
  session->owner = getpid();
  FillInContext(program, command_line, session);
  session->repeat_until = options.repeat_until;
  session->phases = program.phases;
  session->stack_labels = program.stack_labels;
  session->is_child = options.is_child;
  session->is_quiet = options.is_child || options.quiet;
  if (options.AnyProfile() || options.benchmem) {
    session->nothing_seen = program.nothing_seen;
  }
  session->shows_a_region = program.shows_a_region;
  HideModuleOf(reinterpret_cast<const void*>(&RunMain));
  // In a program that was built for profiles, a preloaded profiler only passes
  // calls on, but it comes first.
  HideModuleOf(dlsym(RTLD_DEFAULT, "bench_profiler_register_hooks"));
  if (options.AnyProfile()) {
    Error problem;
    session->exporter = LoadExporter(&problem);
    if (session->exporter == nullptr) *error = problem.message();
    if (session->exporter == nullptr || !CheckPaths(options, error)) {
      return false;
    }
    MakeExporterThreadLocals();
  }
  CarryOptionsInEnvironment(options);
  AddComment(("command: " + command_line).c_str());
  on_exit(OnExit, nullptr);
  at_quick_exit(OnQuickExit);
  AddForkHandlers(&kForkHandlers);
  if (options.AnyProfile()) CatchInterrupts(SaveInterrupted);
  profiling.store(true);
  TellRegionsBy(TellRegions);
  StartCollectors();
  if (CountingInstructions()) CatchCrashes();
  if (options.benchmem) {
    const UninterruptedSection section;
    const Error why_not = StartCountingAllocations();
    session->counts_allocations = !why_not;
    if (why_not) {
      session->failed = true;
      Say(std::string("--benchmem: ") + why_not.message());
    }
  }
  ServeProfiles(options);
  return true;
}

bool FinishSession() {
  if (session == nullptr || getpid() != session->owner) return true;
  if (UninterruptedSection::IsMine()) {
    Say("profiles not written: a signal handler called exit() while samples "
        "were taken over");
    return false;
  }
  UninterruptedSection section;
  // It has ended already: another thread was first, or this is the exit after
  // main.
  if (!profiling.exchange(false)) return !session->failed;
  StopCollectors();
  for (const ActiveKind& active : session->kinds) {
    if (!active.started) continue;
    const char* warning = session->samples.Warning(active.index);
    if (warning[0] != '\0' && !session->is_child) {
      Say(active.flag() + ": " + warning);
    }
  }
  const RunLog& log = session->log;
  if (log.regions() == 0 && !session->nothing_seen.empty()) {
    Comment(session->nothing_seen);
    if (!session->is_quiet && session->shows_a_region == nullptr) {
      Say(session->nothing_seen);
    }
  }
  if (log.unseen() > 0 && !session->is_quiet) {
    const RegionKind& kind = *log.unseen_kind();
    Say("the timed loop of " + std::to_string(log.unseen()) + " " + kind.label +
        "s was not seen (" + kind.why_unseen +
        "): they have names in the whole-run profile, but no file of their "
        "own");
  }
  if (session->exporter != nullptr && !SaveWholeRun()) session->failed = true;
  // A child's exit status may mean something to its parent, so it is left
  // alone.
  if (session->is_child) session->failed = false;
  return !session->failed;
}

void SaveProfiles() {
  if (Profiling()) SaveAtOnce();
}

bool Profiling() { return profiling.load(std::memory_order_relaxed); }

}  // namespace bench_profiler
