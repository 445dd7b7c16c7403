// Profiles at any time, as Go's runtime/pprof has them.
//
//   #include "bench_profiler/pprof.h"   // link bench_profiler::pprof
//   namespace pprof = bench_profiler::pprof;
//
//   pprof::Error error = pprof::StartCpuProfile("cpu.pprof");
//   if (error) std::fprintf(stderr, "%s\n", error.message());
//   ...
//   error = pprof::StopCpuProfile();               // written here
//   error = pprof::WriteHeapProfile("mem.pprof");
//
//   pprof::CpuProfile scope("cpu.pprof");          // the same as a scope
//
// then: go tool pprof -http=: cpu.pprof. A stream, a FILE* or a function can be
// given instead of a path (sink.h). With labels.h, the program can say what it
// is working on.
//
// Everything here may be called at any time from any thread, but not from
// signal handlers, and throws nothing. It also works while the flags of an
// enabled benchmark or test profile it. In a forked child no profile is
// running, and it may start its own.
//
// The heap is sampled from the start of a program that includes this, one
// sample in 512 KiB allocated; BENCH_PROFILER_MEMPROFILERATE=BYTES in the
// environment changes that, and 0 turns it off. In benchmarks and tests that
// are enabled, and where the profiler was preloaded, it is off until
// SetMemProfileRate or --memprofile turns it on.
#ifndef BENCH_PROFILER_PPROF_H_
#define BENCH_PROFILER_PPROF_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/error.h"
#ifndef BENCH_PROFILER_CORE  // the library itself
#include "bench_profiler/heap_hooks.h"
#endif
#include "bench_profiler/labels.h"
#include "bench_profiler/sink.h"
#include "bench_profiler/visibility.h"

namespace bench_profiler {
namespace pprof {

using bench_profiler::Error;

// The clock that measures the CPU time of threads.
enum class CpuClock : int32_t {
  kThread,        // a timer for each thread: --cpuprofileclock=thread
  kTaskClock,     // a perf event for each thread: finer than the timer's ticks
  kInstructions,  // a perf event, too: each sample is after as much work
};

struct CpuProfileOptions {
  int64_t rate = 100;  // samples per CPU second and thread
  CpuClock clock = CpuClock::kThread;
};

struct WallProfileOptions {
  int64_t rate = 100;  // looks a second at each thread, at most
};

struct TraceOptions {
  int64_t rate = 100;  // samples per CPU second and thread
};

class Profile;

// Says that only the pointer is used and nothing is read from where it points,
// so that compilers do not warn if there is no value there yet.
#if defined(__has_attribute) && __has_attribute(access)
#define BENCH_PROFILER_ONLY_THE_POINTER __attribute__((access(none, 2)))
#else
#define BENCH_PROFILER_ONLY_THE_POINTER
#endif

namespace internal {

BENCH_PROFILER_EXPORT Error StartCpuProfile(const PlainSink& sink,
                                            const CpuProfileOptions& options);
BENCH_PROFILER_EXPORT Error StartWallProfile(const PlainSink& sink,
                                             const WallProfileOptions& options);
BENCH_PROFILER_EXPORT Error StartTrace(const PlainSink& sink,
                                       const TraceOptions& options);
BENCH_PROFILER_EXPORT Error WriteProfile(Profile* profile,
                                         const PlainSink& sink, int debug);
BENCH_PROFILER_EXPORT size_t ListProfiles(Profile** profiles, size_t size);
BENCH_PROFILER_EXPORT void SampleHeapFromStart();

#ifndef BENCH_PROFILER_CORE
// Runs before the program's own initializers, which may allocate.
__attribute__((constructor(102))) static inline void OnProgramStart() {
  SampleHeapFromStart();
}
#endif

}  // namespace internal

// Begins to sample the CPU time of all threads. Returns an error if that is not
// possible here, if a file could not be written to the sink's path, or if a
// profile is running: "cpu profiling already in use". While --cpuprofile runs,
// the rate and clock are those of that profile, and this one says so.
inline Error StartCpuProfile(Sink sink, const CpuProfileOptions& options = {}) {
  const Error error = internal::StartCpuProfile(sink.Plain(), options);
  if (!error) sink.Release();
  return error;
}

// Ends the CPU profile and writes it. Returns an error if it could not be
// written. Does nothing if none is running. If the program does not call this,
// a profile that goes to a path is written when it ends, by exit or by a return
// from main.
BENCH_PROFILER_EXPORT Error StopCpuProfile();

// Begins to look at all threads, running or waiting, and to add up the time
// that each spends where it is. The label state tells what it does: "running",
// or the system call that it waits in. A thread of the profiler's own does that
// as long as the profile runs; no profile shows it. Errors are those of
// StartCpuProfile: "wall profiling already in use".
inline Error StartWallProfile(Sink sink,
                              const WallProfileOptions& options = {}) {
  const Error error = internal::StartWallProfile(sink.Plain(), options);
  if (!error) sink.Release();
  return error;
}

// Ends the wall-clock profile and writes it, as StopCpuProfile does.
BENCH_PROFILER_EXPORT Error StopWallProfile();

// The same as Lookup("heap")->WriteTo(sink, 0).
inline Error WriteHeapProfile(Sink sink);

// Begins a trace: what threads do, and when. It has the CPU's samples at
// options.rate, and threads with their names and labels. Open it in
// https://ui.perfetto.dev. What cannot be had here is left out, and the trace
// says so. Errors are those of StartCpuProfile: "tracing is already enabled",
// also by --trace.
inline Error StartTrace(Sink sink, const TraceOptions& options = {}) {
  const Error error = internal::StartTrace(sink.Plain(), options);
  if (!error) sink.Release();
  return error;
}

// Ends the trace and writes it, as StopCpuProfile does.
BENCH_PROFILER_EXPORT Error StopTrace();

// A collection of stacks that led to something, such as to memory that is in
// use, or to a value that was added. Built-in profiles keep themselves up to
// date.
class BENCH_PROFILER_EXPORT Profile {
 public:
  const char* name() const;

  // How many values are in it. Of a built-in profile, how many different
  // samples; of "goroutine" and "threads", how many threads.
  int64_t Count() const;

  // Writes the profile as it is now. If `debug` is 0, this is a gzipped
  // profile.proto for pprof; if it is 1, text for people, as Go writes it; if
  // it is 2, "goroutine" and "threads" show each thread by itself.
  Error WriteTo(Sink sink, int debug = 0) {
    return internal::WriteProfile(this, sink.Plain(), debug);
  }

  // Adds `value` with the stack of the caller, or of its caller's caller with
  // `skip` 1, and so on; functions that were inlined do not count. Returns an
  // error if the value is there already, or if the profile is a built-in one.
  // Only the pointer counts, not what it points to.
  BENCH_PROFILER_ONLY_THE_POINTER Error Add(const void* value, int skip);

  // Removes a value. Does nothing if it is not there.
  void Remove(const void* value);

  Profile(const Profile&) = delete;
  Profile& operator=(const Profile&) = delete;

 protected:
  Profile() = default;
  ~Profile() = default;
};

// Returns the profile of this name, or null if there is none. It is one that
// the program made, or a built-in one. "heap" has the memory in use and all
// that was allocated; "allocs" has the same, but pprof first shows what was
// allocated. "goroutine", or "threads", has all threads at this moment, with
// labels for their names (thread), ids (tid) and what they do (state: running,
// or the system call they wait in). Those that wait notice nothing; one that
// runs and does not tell its stack in 100 ms is in it as such. "threadcreate"
// has the stacks that created threads, from the start of the program, or from
// the first look where the heap is not sampled from the start.
// "block" has the time that threads wait for others, by the stacks of those
// that wait, and "mutex" that for locks, by the stacks that unlock them.
BENCH_PROFILER_EXPORT Profile* Lookup(const char* name);

// Makes a profile of the program's own, which lives as long as the program.
// Returns null if `name` is empty or there is one of that name. By convention,
// names begin with that of the library: "mylib.open_files".
BENCH_PROFILER_EXPORT Profile* NewProfile(const char* name);

// Returns all profiles, sorted by name.
inline std::vector<Profile*> Profiles() {
  std::vector<Profile*> profiles(internal::ListProfiles(nullptr, 0));
  // Another thread may make one in between.
  for (;;) {
    const size_t size =
        internal::ListProfiles(profiles.data(), profiles.size());
    const bool all = size <= profiles.size();
    profiles.resize(size);
    if (all) return profiles;
  }
}

inline Error WriteHeapProfile(Sink sink) {
  return Lookup("heap")->WriteTo(std::move(sink), 0);
}

// From now on takes, on average, one heap sample in `rate` bytes that are
// allocated. 1 samples every allocation, 0 none, and a negative rate changes
// nothing. Returns the rate before, which is 0 if it was off. Profiles stay
// right, since each sample counts by the rate at which it was taken. While
// --memprofile runs, its rate stays. If the heap cannot be sampled here, it is
// off, and WriteHeapProfile says why.
BENCH_PROFILER_EXPORT int64_t SetMemProfileRate(int64_t rate);

// From now on the profile "block" keeps each wait for another thread that takes
// `nanos` or longer, and so many of the shorter ones that their sum is right. 1
// keeps all, 0 none, which is so until somebody asks. A negative number changes
// nothing. Returns the one before. While --blockprofile runs, its rate stays.
BENCH_PROFILER_EXPORT int64_t SetBlockProfileRate(int64_t nanos);

// From now on the profile "mutex" samples one in `fraction` of the unlocks of
// locks that others wait for: 1 samples all, 0 none, which is so until somebody
// asks. Otherwise as SetBlockProfileRate, with --mutexprofile.
BENCH_PROFILER_EXPORT int64_t SetMutexProfileFraction(int64_t fraction);

// A CPU profile of a scope.
class CpuProfile {
 public:
  explicit CpuProfile(Sink sink, const CpuProfileOptions& options = {})
      : error_(StartCpuProfile(std::move(sink), options)),
        is_running_(!error_) {}
  ~CpuProfile() { Stop(); }
  CpuProfile(const CpuProfile&) = delete;
  CpuProfile& operator=(const CpuProfile&) = delete;

  // What went wrong at the start, or in Stop().
  const Error& error() const { return error_; }

  // Ends the profile before the end of the scope.
  const Error& Stop() {
    if (std::exchange(is_running_, false)) error_ = StopCpuProfile();
    return error_;
  }

 private:
  Error error_;
  bool is_running_;
};

#undef BENCH_PROFILER_ONLY_THE_POINTER

}  // namespace pprof
}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PPROF_H_
