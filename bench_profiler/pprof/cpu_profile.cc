// StartCpuProfile and StopCpuProfile: one listener at a time.
#include <limits.h>
#include <time.h>
#include <unistd.h>

#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "bench_profiler/allocations.h"
#include "bench_profiler/export/exporter_loader.h"
#include "bench_profiler/platform/process_lock.h"
#include "bench_profiler/pprof.h"
#include "bench_profiler/pprof/kinds_by_name.h"
#include "bench_profiler/pprof/own_code.h"
#include "bench_profiler/pprof/pages.h"
#include "bench_profiler/pprof/passed_on.h"
#include "bench_profiler/pprof/write_profile.h"
#include "bench_profiler/sampling/sampling.h"
#include "bench_profiler/sampling/section.h"

namespace bench_profiler {
namespace {

int64_t Nanos(clockid_t clock) {
  timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * int64_t{1000000000} + time.tv_nsec;
}

// A profile that is running, or that was stopped and is about to be written.
struct CpuProfileRun {
  SampleSet samples{SampleSet::Regions::kLeaveOut};
  pprof::internal::PlainSink sink;
  char path[PATH_MAX] = "";  // of the sink, absolute
  pid_t process = getpid();
  int64_t start_time_nanos = Nanos(CLOCK_REALTIME);
  int64_t start_nanos = Nanos(CLOCK_MONOTONIC);
};
using RunPointer = PagesPointer<CpuProfileRun>;

ProcessLock lock;
// Protected by the lock. A plain pointer, since threads may still run after
// statics were destroyed.
CpuProfileRun* running = nullptr;

size_t CpuIndex() {
  static const size_t index = KindIndex("cpu");
  return index;
}

// Stores the path, and checks that it can be written. A relative path becomes
// an absolute one, since the process may change its folder before the profile
// is written.
Error SetPath(const char* path, CpuProfileRun* run) {
  const HiddenAllocations hidden;
  char folder[PATH_MAX] = "";
  if (path[0] == '\0') return Error::Format("the path of a profile is empty");
  if (path[0] != '/' && getcwd(folder, sizeof(folder)) == nullptr) {
    return Error::Format("the current folder has no path");
  }
  const int size = std::snprintf(run->path, sizeof(run->path), "%s%s%s", folder,
                                 path[0] == '/' ? "" : "/", path);
  if (size >= PATH_MAX) {
    return Error::Format("a path of %d characters is too long", size);
  }
  Error error;
  const Exporter* exporter = LoadExporter(&error);
  if (exporter == nullptr) return error;
  char problem[sizeof(Error)];
  if (exporter->check_path(run->path, nullptr, 0, problem, sizeof(problem)) !=
      0) {
    return Error::Format("%s", problem);
  }
  run->sink.path = run->path;
  return Error();
}

Error CheckOptions(const pprof::CpuProfileOptions& options) {
  const Kind& kind = Kinds()[CpuIndex()];
  if (options.rate < kind.min_rate || options.rate > kind.max_rate) {
    return Error::Format("a CPU profile rate of %" PRId64
                         " is not from %" PRId64 " to %" PRId64,
                         options.rate, kind.min_rate, kind.max_rate);
  }
  return Error();
}

// Returns an error if a profile is running. The lock must be held.
Error CheckIdle() {
  // A forked child forgets the profile that its parent started.
  if (running != nullptr && running->process != getpid()) running = nullptr;
  return running == nullptr ? Error()
                            : Error::Format("cpu profiling already in use");
}

Error Write(CpuProfileRun* run) {
  RawProfile data;
  ProfileData profile;
  run->samples.FillIn(&data);
  run->samples.FillIn(CpuIndex(), &profile);
  data.start_time_nanos = run->start_time_nanos;
  data.duration_nanos = Nanos(CLOCK_MONOTONIC) - run->start_nanos;
  return WriteProfile(&data, profile, /*debug=*/0, run->sink);
}

// Stops the running profile and returns it, or null if none is running.
RunPointer TakeRun() {
  const ProcessLock::Guard guard(&lock);
  if (!CheckIdle()) return nullptr;
  RunPointer run(std::exchange(running, nullptr));
  Unlisten(CpuIndex(), &run->samples);
  return run;
}

Error FinishRun(RunPointer run) {
  const Error error = Write(run.get());
  if (run->sink.path == nullptr) run->sink.destroy(run->sink.sink);
  return error;
}

// Writes the profile of a program that ends without StopCpuProfile, if it goes
// to a path. Other sinks may not exist any more.
void StopAtExit() {
  // A signal handler may have called exit() in the middle of our own code. Then
  // it would wait for itself here.
  if (UninterruptedSection::IsMine() || lock.IsHeld()) return;
  RunPointer run = TakeRun();
  if (run == nullptr) return;
  const Error error =
      run->sink.path != nullptr
          ? FinishRun(std::move(run))
          : Error::Format("the program ended without StopCpuProfile");
  if (error) {
    std::fprintf(stderr, "bench_profiler: CPU profile not written: %s\n",
                 error.message());
  }
}

// The lock must be held.
Error Start(const pprof::CpuProfileOptions& options, RunPointer run) {
  CollectorOptions collector_options;
  collector_options.rate = options.rate;
  collector_options.choice = static_cast<size_t>(options.clock);
  Error notice;
  const Error error =
      Listen(CpuIndex(), collector_options, &run->samples, &notice);
  if (error) return error;
  static const int at_exit = std::atexit(StopAtExit);
  static_cast<void>(at_exit);
  running = run.release();
  return Error();
}

}  // namespace

namespace pprof {

Error internal::StartCpuProfile(const PlainSink& sink,
                                const CpuProfileOptions& options) {
  if (const auto next = PassedOn<&internal::StartCpuProfile>())
    return next(sink, options);
  if (const Error error = CheckOptions(options)) return error;
  {
    const ProcessLock::Guard guard(&lock);
    if (const Error error = CheckIdle()) return error;
  }
  // This may take long, so the lock is not held.
  RunPointer run = NewInPages<CpuProfileRun>();
  if (run == nullptr) return Error::Format("no memory left");
  run->sink = sink;
  if (sink.path != nullptr) {
    if (const Error error = SetPath(sink.path, run.get())) return error;
  }
  HideOwnCode();
  const ProcessLock::Guard guard(&lock);
  if (const Error error = CheckIdle()) return error;
  return Start(options, std::move(run));
}

Error StopCpuProfile() {
  if (const auto next = PassedOn<&StopCpuProfile>()) return next();
  RunPointer run = TakeRun();
  return run == nullptr ? Error() : FinishRun(std::move(run));
}

}  // namespace pprof
}  // namespace bench_profiler
