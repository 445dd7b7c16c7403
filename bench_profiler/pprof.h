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
// then: go tool pprof -http=: cpu.pprof. Where a path stands, a stream, a FILE*
// or a function will do (sink.h); labels.h says what the program is at work on.
//
// Everything here may be called at any time from any thread, but not from
// signal handlers, and throws nothing. It works beside the flags of an enabled
// benchmark or test, too. A forked child has no profile running, and may start
// its own.
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

// What makes a thread's CPU time up.
enum class CpuClock : int32_t {
  kThread,     // a timer of each thread: --cpuprofileclock=thread
  kTaskClock,  // a perf event of each: finer than the timer's ticks
};

struct CpuProfileOptions {
  int64_t rate = 100;  // samples per CPU second and thread
  CpuClock clock = CpuClock::kThread;
};

class Profile;

// So that compilers do not miss a value behind the pointer.
#if defined(__has_attribute) && __has_attribute(access)
#define BENCH_PROFILER_ONLY_THE_POINTER __attribute__((access(none, 2)))
#else
#define BENCH_PROFILER_ONLY_THE_POINTER
#endif

namespace internal {

BENCH_PROFILER_EXPORT Error StartCpuProfile(const PlainSink& sink,
                                            const CpuProfileOptions& options);
BENCH_PROFILER_EXPORT Error WriteProfile(Profile* profile,
                                         const PlainSink& sink, int debug);
BENCH_PROFILER_EXPORT size_t ListProfiles(Profile** profiles, size_t size);
BENCH_PROFILER_EXPORT void SampleHeapFromStart();

#ifndef BENCH_PROFILER_CORE
// Before the program's own initializers, which may allocate.
__attribute__((constructor(102))) static inline void OnProgramStart() {
  SampleHeapFromStart();
}
#endif

}  // namespace internal

// Begins to sample the CPU time of all threads. An error if it cannot be done
// here, if a file could not be written to the sink's path, or if a profile is
// running: "cpu profiling already in use". Beside --cpuprofile it samples at
// the rate and clock that run already; the profile says so.
inline Error StartCpuProfile(Sink sink, const CpuProfileOptions& options = {}) {
  const Error error = internal::StartCpuProfile(sink.Plain(), options);
  if (!error) sink.Release();
  return error;
}

// Ends that and writes the profile; the error is of the writing. Harmless if
// none is running. At the end of the program (exit, or return from main) a
// profile that goes to a path is stopped and written all the same.
BENCH_PROFILER_EXPORT Error StopCpuProfile();

// Lookup("heap")->WriteTo(sink, 0).
inline Error WriteHeapProfile(Sink sink);

// Stacks that led to something: to memory in use, to a value that was added.
// The built-in ones keep themselves up to date.
class BENCH_PROFILER_EXPORT Profile {
 public:
  const char* name() const;

  // How many there are: of values, or of samples that differ.
  int64_t Count() const;

  // Writes what there is now. `debug` 0: a gzipped profile.proto for pprof; 1:
  // text for people, as Go writes it.
  Error WriteTo(Sink sink, int debug = 0) {
    return internal::WriteProfile(this, sink.Plain(), debug);
  }

  // Adds `value` with the stack of the caller, or of its caller's caller with
  // `skip` 1, and so on; functions that were inlined do not count. An error if
  // the value is there already, or if the profile is a built-in one. Only the
  // pointer counts, not what it points to.
  BENCH_PROFILER_ONLY_THE_POINTER Error Add(const void* value, int skip);

  // Removes it; harmless if it is not there.
  void Remove(const void* value);

  Profile(const Profile&) = delete;
  Profile& operator=(const Profile&) = delete;

 protected:
  Profile() = default;
  ~Profile() = default;
};

// "heap": memory in use, and all that was allocated. "allocs": the same, but
// pprof shows first what was allocated. Or the program's own. Null if there is
// none of that name.
BENCH_PROFILER_EXPORT Profile* Lookup(const char* name);

// Makes a profile of the program's own, which lives as long as the program.
// Null if `name` is empty or there is one of that name. By convention names
// begin with that of the library: "mylib.open_files".
BENCH_PROFILER_EXPORT Profile* NewProfile(const char* name);

// All of them, sorted by name.
inline std::vector<Profile*> Profiles() {
  std::vector<Profile*> profiles(internal::ListProfiles(nullptr, 0));
  // Others may be made meanwhile.
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

// Takes one heap sample in so many bytes from now on: 1 is every allocation, 0
// none. Returns the rate before, 0: it was off; a negative rate changes
// nothing. Profiles stay right: each sample counts by the rate that it was
// taken at. Beside --memprofile the rate is that one's, and stays. If the heap
// cannot be sampled here, it is off, and WriteHeapProfile says why.
BENCH_PROFILER_EXPORT int64_t SetMemProfileRate(int64_t rate);

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

  // Ends it before the end of the scope.
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
