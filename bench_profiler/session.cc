#include "bench_profiler/session.h"

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <vector>

#include "bench_profiler/activity.h"
#include "bench_profiler/collector.h"
#include "bench_profiler/exporter_loader.h"
#include "bench_profiler/flags.h"
#include "bench_profiler/interrupt.h"
#include "bench_profiler/kind.h"
#include "bench_profiler/output_path.h"
#include "bench_profiler/program_binaries.h"
#include "bench_profiler/recorder.h"
#include "bench_profiler/session_control.h"
#include "bench_profiler/stack/loaded_object.h"
#include "bench_profiler/timed_allocations.h"

namespace bench_profiler {
namespace {

// One kind that was asked for.
struct ActiveKind {
  size_t index = 0;  // into Kinds()
  const Kind* kind = nullptr;
  Collector* collector = nullptr;
  std::string path;  // absolute
  int64_t rate = 0;
  bool started = false;
};

struct Session {
  Recorder recorder;
  Exporter exporter;
  std::vector<ActiveKind> kinds;
  std::vector<std::string> comments;
  std::vector<const char*> comment_lines;  // views of `comments`
  int64_t start_time_nanos = 0;
  int64_t start_nanos = 0;
  double repeat_until = 0;
  pid_t owner = 0;
  ArrayView<StackLabel> stack_labels;
  bool is_child = false;  // its output may be read by a program: says little
  std::string nothing_seen =
      "no benchmark was seen to run; if one did, Google Benchmark was built "
      "with link-time optimisation, which hides it: build it without";
  bool failed = false;  // a profile that was asked for will not come
};

// How a process that writes ends if it has said why it could not write all.
constexpr int kSaidWhy = 3;

// Null until a profile is asked for. Never deleted: threads may outlive main.
Session* session = nullptr;
std::atomic<bool> profiling{false};

int64_t Nanos(clockid_t clock) {
  timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * int64_t{1000000000} + time.tv_nsec;
}

// In a section.
void Comment(const std::string& line) {
  session->comments.push_back(line);
  session->comment_lines.clear();
  for (const std::string& comment : session->comments) {
    session->comment_lines.push_back(comment.c_str());
  }
}

// Takes over all samples so far. In a section.
void Drain() {
  session->recorder.UpdateModules();
  UpdateLoadedObjects();
  for (const ActiveKind& active : session->kinds) {
    if (!active.started) continue;
    active.collector->FindThreads();
    session->recorder.Drain(active.index, active.collector);
  }
}

// Writes all profiles; returns 0 or kSaidWhy. Calls neither malloc nor the
// loader, so that it can run in a child of the program.
int Write(bool interrupted) {
  SessionData data;
  ProfileData profiles[kMaxKinds];
  size_t size = 0;
  session->recorder.FillIn(&data);
  for (const ActiveKind& active : session->kinds) {
    if (!active.started) continue;
    const Kind& kind = *active.kind;
    const ArrayView<SampleRow> samples =
        session->recorder.Samples(active.index);
    // Most children of scripts live for less than a sample.
    if (session->is_child && samples.size == 0) continue;
    ProfileData& profile = profiles[size++];
    profile.kind = kind.name;
    profile.path = active.path.c_str();
    std::memcpy(profile.value_types, kind.value_types,
                sizeof(kind.value_types));
    profile.num_value_types = kind.num_value_types;
    profile.default_value_type = kind.default_value_type;
    profile.default_benchmark_value_type = kind.default_benchmark_value_type;
    profile.period_type = kind.period_type;
    profile.period = active.collector->Period();
    profile.is_heap = kind.is_heap;
    profile.rate = active.rate;
    profile.collection = active.collector->Description();
    profile.lost = active.collector->Lost() + session->recorder.lost();
    profile.samples = samples;
  }
  data.profiles = {profiles, size};
  data.comments = {session->comment_lines.data(),
                   session->comment_lines.size()};
  data.stack_labels = session->stack_labels;
  data.start_time_nanos = session->start_time_nanos;
  data.duration_nanos = Nanos(CLOCK_MONOTONIC) - session->start_nanos;
  data.interrupted = interrupted;
  data.is_child = session->is_child;
  return session->exporter.write(&data) == 0 ? 0 : kSaidWhy;
}

// Once in a process: what only the end can tell is added up here. A child has
// tables of its own, so that the program may save again.
int FinishAndWrite(bool interrupted) {
  for (const ActiveKind& active : session->kinds) {
    if (!active.started) continue;
    session->recorder.Finish(active.index, active.collector);
  }
  return Write(interrupted);
}

// In the child of an interrupt, in a section. Libraries that were loaded since
// the last drain stay unnamed: the loader's lock may be held.
int SaveInterrupted() {
  for (const ActiveKind& active : session->kinds) {
    if (!active.started) continue;
    session->recorder.Drain(active.index, active.collector);
  }
  return FinishAndWrite(true);
}

// The same when the collectors are stopped and drained.
int SaveFinished() { return FinishAndWrite(false); }

// In a section. Returns whether all was written.
bool SaveWholeRun() {
  const WriterResult result = SaveAtEnd(SaveFinished);
  if (!result.started) return SaveFinished() == 0;  // at a limit of processes
  if (result.ended && WIFEXITED(result.status)) {
    if (WEXITSTATUS(result.status) == 0) return true;
    if (WEXITSTATUS(result.status) == kSaidWhy) return false;
  }
  Say("profiles not written: the process that writes them was ended" +
      (result.ended && WIFSIGNALED(result.status)
           ? " by signal " + std::to_string(WTERMSIG(result.status))
           : std::string()) +
      "; is its memory limited (ulimit -v)?");
  return false;
}

// For programs that end by exit() and not by returning from main. Calling exit
// from a handler of exit goes on with the remaining handlers and the new status
// (glibc).
void OnExit(int status, void*) {
  if (!FinishSession() && status == 0) std::exit(1);
}

void OnQuickExit() { FinishSession(); }

void OnFork() {
  profiling.store(false);
  UninterruptedSection::ForgetInChild();
}

// Fills session->kinds. Returns false, with one line in `error`, if a file
// cannot be written.
bool CheckPaths(const Options& options, std::string* error) {
  for (size_t i = 0; i < options.kinds.size(); ++i) {
    const KindOptions& asked = options.kinds[i];
    if (asked.path.empty()) continue;
    ActiveKind active;
    active.index = i;
    active.kind = &Kinds()[i];
    active.collector = active.kind->collector();
    active.path = OutputPath(options, asked.path);
    active.rate = asked.rate;
    std::vector<const char*> others;
    for (const ActiveKind& other : session->kinds) {
      others.push_back(other.path.c_str());
    }
    const std::string flag = std::string("--") + active.kind->flag + ": ";
    char problem[PATH_MAX + 512];
    if (session->exporter.check_path(active.path.c_str(), others.data(),
                                     others.size(), problem,
                                     sizeof(problem)) != 0) {
      *error = flag + problem;
      return false;
    }
    if (IsProgramBinary(active.path)) {
      *error = flag + active.path +
               " is the program itself or one of its libraries; choose "
               "another name";
      return false;
    }
    session->kinds.push_back(active);
  }
  return true;
}

void StartCollectors(const Options& options) {
  session->start_time_nanos = Nanos(CLOCK_REALTIME);
  session->start_nanos = Nanos(CLOCK_MONOTONIC);
  for (ActiveKind& active : session->kinds) {
    CollectorOptions collector_options;
    collector_options.rate = active.rate;
    collector_options.choice = options.kinds[active.index].choice;
    char line[512];
    active.started =
        active.collector->Start(collector_options, line, sizeof(line));
    if (!active.started) session->failed = true;
    if (line[0] != '\0') {
      Say(std::string("--") + active.kind->flag + ": " + line);
    }
  }
}

}  // namespace

void Say(const std::string& line) {
  std::fprintf(stderr, "bench_profiler: %s\n", line.c_str());
}

bool StartSession(const Options& options, const Program& program,
                  const std::string& command_line, std::string* error) {
  session = new Session;
  session->owner = getpid();
  session->repeat_until = options.repeat_until;
  session->stack_labels = program.stack_labels;
  session->is_child = options.is_child;
  if (program.nothing_seen != nullptr) {
    session->nothing_seen = program.nothing_seen;
  }
  session->recorder.HideModuleOf(reinterpret_cast<uintptr_t>(&RunMain));
  if (options.AnyProfile() && (!LoadExporter(&session->exporter, error) ||
                               !CheckPaths(options, error))) {
    return false;
  }
  CarryOptionsInEnvironment(options);
  AddComment(command_line.c_str());
  on_exit(OnExit, nullptr);
  at_quick_exit(OnQuickExit);
  pthread_atfork(nullptr, nullptr, OnFork);
  if (options.AnyProfile()) CatchInterrupts(SaveInterrupted);
  profiling.store(true);
  StartCollectors(options);
  if (options.benchmem) {
    const char* why_not = StartCountingAllocations();
    if (why_not != nullptr) {
      session->failed = true;
      Say(std::string("--benchmem: ") + why_not);
    }
  }
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
  // Another thread was first, or main returned and now comes exit.
  if (!profiling.exchange(false)) return !session->failed;
  for (const ActiveKind& active : session->kinds) {
    if (active.started) active.collector->Stop();
  }
  StopCountingAllocations();
  Drain();
  const Recorder& recorder = session->recorder;
  if (recorder.benchmarks() == 0 && !session->nothing_seen.empty()) {
    Comment(session->nothing_seen);
    if (!session->is_child) Say(session->nothing_seen);
  }
  if (recorder.unseen() > 0) {
    Say("the timed loop of " + std::to_string(recorder.unseen()) +
        " benchmarks was not seen (is it in a shared library, or is Google "
        "Benchmark built with link-time optimisation?): they have names in the "
        "whole-run profile, but no file of their own");
  }
  if (!session->kinds.empty() && !SaveWholeRun()) session->failed = true;
  // What a child's status is good for is between it and its parent.
  if (session->is_child) session->failed = false;
  return !session->failed;
}

void SaveProfiles() {
  if (Profiling()) SaveAtOnce();
}

void DrainIfIdle() {
  // Only if nobody is at it: this thread may hold the loader's lock, for which
  // a drain elsewhere may be waiting.
  if (!Profiling() || !UninterruptedSection::TryEnter()) return;
  Drain();
  UninterruptedSection::Leave();
}

bool Profiling() { return profiling.load(std::memory_order_relaxed); }

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
