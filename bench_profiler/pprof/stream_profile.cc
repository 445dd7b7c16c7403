#include "bench_profiler/pprof/stream_profile.h"

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
#include "bench_profiler/pprof/no_cancellation.h"
#include "bench_profiler/pprof/own_code.h"
#include "bench_profiler/pprof/pages.h"
#include "bench_profiler/pprof/trace.h"
#include "bench_profiler/pprof/write_profile.h"
#include "bench_profiler/sampling/sampling.h"
#include "bench_profiler/sampling/section.h"
#include "bench_profiler/sampling/trace.h"
#include "bench_profiler/sampling/traced_regions.h"

namespace bench_profiler {
namespace {

int64_t Nanos(clockid_t clock) {
  timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * int64_t{1000000000} + time.tv_nsec;
}

// A profile that is running, or that was stopped and is about to be written.
struct StreamRun {
  StreamRun() = default;
  ~StreamRun() {
    if (is_tracing) ReleaseTrace();
  }
  StreamRun(const StreamRun&) = delete;
  StreamRun& operator=(const StreamRun&) = delete;

  const StreamProfile* profile = nullptr;
  const void* owner = nullptr;
  SampleSet samples{SampleSet::Regions::kLeaveOut};
  pprof::internal::PlainSink sink;
  char path[PATH_MAX] = "";  // of the sink, absolute
  pid_t process = getpid();
  bool is_tracing = false;
  TraceRemark remark;  // of a trace, as is `regions`
  TracedRegions regions;
  int64_t start_time_nanos = Nanos(CLOCK_REALTIME);
  int64_t start_nanos = Nanos(CLOCK_MONOTONIC);
};
using RunPointer = PagesPointer<StreamRun>;

ProcessLock lock;
// Of each kind, and the trace; protected by the lock. Plain pointers, since
// threads may still run after statics were destroyed.
StreamRun* running[kMaxKinds + 1];

StreamRun*& RunOf(const StreamProfile& profile) {
  return running[profile.is_trace ? kMaxKinds : profile.kind];
}

// Stores the path, and checks that it can be written. A relative path becomes
// an absolute one, since the process may change its folder before the profile
// is written.
Error SetPath(const char* path, StreamRun* run) {
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

Error CheckRate(const StreamProfile& profile, int64_t rate) {
  const Kind& kind = Kinds()[profile.kind];
  if (rate < kind.min_rate || rate > kind.max_rate) {
    return Error::Format("a %s profile rate of %" PRId64 " is not from %" PRId64
                         " to %" PRId64,
                         profile.title, rate, kind.min_rate, kind.max_rate);
  }
  return Error();
}

// Returns an error if such a profile is running. The lock must be held.
Error CheckIdle(const StreamProfile& profile) {
  StreamRun*& run = RunOf(profile);
  // A forked child forgets the profile that its parent started.
  if (run != nullptr && run->process != getpid()) run = nullptr;
  if (run == nullptr) return Error();
  if (profile.is_trace) return TraceInUse();
  return Error::Format("%s profiling already in use",
                       Kinds()[profile.kind].name);
}

Error Write(StreamRun* run) {
  RawProfile data;
  ProfileData profile;
  run->samples.FillIn(&data);
  run->regions.FillIn(&data);
  run->samples.FillIn(run->profile->kind, &profile);
  data.start_time_nanos = run->start_time_nanos;
  data.duration_nanos = Nanos(CLOCK_MONOTONIC) - run->start_nanos;
  RawTrace trace;
  if (run->is_tracing) {
    FillInTrace(run->samples, &trace);
    trace.remark = run->remark.text;
    data.trace = &trace;
  }
  return WriteProfile(&data, profile, /*debug=*/0, run->sink);
}

// Stops the running profile and returns it, or null if `owner` has none.
RunPointer TakeRun(const StreamProfile& profile, const void* owner) {
  const NoCancellation no_cancellation;
  const ProcessLock::Guard guard(&lock);
  StreamRun*& present = RunOf(profile);
  if (!CheckIdle(profile) || present->owner != owner) return nullptr;
  RunPointer run(std::exchange(present, nullptr));
  if (profile.is_trace) {
    EndTrace(&run->samples);
    run->regions.Copy(&run->samples);
  } else {
    Unlisten(profile.kind, &run->samples);
  }
  return run;
}

Error FinishRun(RunPointer run) {
  const Error error = Write(run.get());
  if (run->sink.path == nullptr) run->sink.destroy(run->sink.sink);
  return error;
}

void StopOneAtExit(const StreamProfile& profile) {
  RunPointer run = TakeRun(profile, /*owner=*/nullptr);
  if (run == nullptr) return;
  const Error error =
      run->sink.path != nullptr
          ? FinishRun(std::move(run))
          : Error::Format("the program ended without %s", profile.stop);
  if (error) {
    std::fprintf(stderr, "bench_profiler: %s%s not written: %s\n",
                 profile.title, profile.is_trace ? "" : " profile",
                 error.message());
  }
}

// Writes the profiles of a program that ends without stopping them, if they go
// to paths. Other sinks may not exist any more. What others own is theirs.
void StopAtExit() {
  // A signal handler may have called exit() in the middle of our own code. Then
  // it would wait for itself here.
  if (UninterruptedSection::IsMine() || lock.IsHeld()) return;
  for (const auto* profile :
       {&CpuStreamProfile(), &WallStreamProfile(), &TraceStream()}) {
    StopOneAtExit(*profile);
  }
}

// The lock must be held.
Error Listen(const CollectorOptions& options, RunPointer run) {
  const StreamProfile& profile = *run->profile;
  if (profile.is_trace) {
    const Error error = BeginTrace(options, &run->samples, &run->remark);
    if (error) return error;
    run->is_tracing = true;
  } else {
    Error notice;
    const Error error = Listen(profile.kind, options, &run->samples, &notice);
    if (error) return error;
  }
  static const int at_exit = std::atexit(StopAtExit);
  static_cast<void>(at_exit);
  RunOf(profile) = run.release();
  return Error();
}

}  // namespace

Error StartStreamProfile(const StreamProfile& profile,
                         const CollectorOptions& options,
                         const pprof::internal::PlainSink& sink,
                         const void* owner) {
  const NoCancellation no_cancellation;
  if (const Error error = CheckRate(profile, options.rate)) return error;
  {
    const ProcessLock::Guard guard(&lock);
    if (const Error error = CheckIdle(profile)) return error;
  }
  // This may take long, so the lock is not held.
  RunPointer run = NewInPages<StreamRun>();
  if (run == nullptr) return Error::Format("no memory left");
  run->profile = &profile;
  run->owner = owner;
  run->sink = sink;
  if (sink.path != nullptr) {
    if (const Error error = SetPath(sink.path, run.get())) return error;
  }
  HideOwnCode();
  const ProcessLock::Guard guard(&lock);
  if (const Error error = CheckIdle(profile)) return error;
  return Listen(options, std::move(run));
}

Error StopStreamProfile(const StreamProfile& profile, const void* owner) {
  RunPointer run = TakeRun(profile, owner);
  return run == nullptr ? Error() : FinishRun(std::move(run));
}

}  // namespace bench_profiler
