// What the parts of the session share: session.cc (start and end),
// session_events.cc (what happens in between) and session_writing.cc.
#ifndef BENCH_PROFILER_RUN_SESSION_STATE_H_
#define BENCH_PROFILER_RUN_SESSION_STATE_H_

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "bench_profiler/collectors/kind.h"
#include "bench_profiler/export/exporter_loader.h"
#include "bench_profiler/program.h"
#include "bench_profiler/record/raw_context.h"
#include "bench_profiler/run/run_log.h"
#include "bench_profiler/sampling/sample_set.h"

namespace bench_profiler {

// One kind that was asked for, by its own flag or by --trace.
struct ActiveKind {
  std::string flag() const {
    return std::string("--") + (path.empty() ? "trace" : kind->flag);
  }

  size_t index = 0;  // into Kinds()
  const Kind* kind = nullptr;
  std::string path;  // absolute; "": only the trace wants it
  CollectorOptions options;
  bool started = false;
};

struct Session {
  // Nanoseconds since its start.
  int64_t Elapsed() const;
  // The time since the epoch. It never goes back, even if somebody sets the
  // clock.
  int64_t Now() const { return start_time_nanos + Elapsed(); }

  SampleSet samples{SampleSet::Regions::kKeep};
  RunLog log{samples.strings()};
  const Exporter* exporter = nullptr;  // set if any profile is asked for
  std::vector<ActiveKind> kinds;
  std::string trace_path;   // absolute; "": no trace
  std::string report_path;  // absolute; "": no report
  bool is_tracing = false;
  std::vector<std::string> comments;
  std::vector<const char*> comment_lines;  // views of `comments`
  std::string command;
  std::string git_revision;
  RawContext context;  // has views of both
  bool counts_allocations = false;
  int64_t start_time_nanos = 0;
  int64_t start_nanos = 0;
  double repeat_until = 0;
  pid_t owner = 0;
  ArrayView<const char*> phases;
  ArrayView<StackLabel> stack_labels;
  bool is_child = false;  // followed, not started by the user
  // A program may read its output, so it says nothing but errors.
  bool is_quiet = false;
  // See Program. For comments and standard error.
  std::string nothing_seen;
  bool (*shows_a_region)(const char* function) = nullptr;
  bool failed = false;  // a profile that was asked for will not come
};

// Null until a profile is asked for. Never deleted, since threads may outlive
// main.
extern Session* session;
extern std::atomic<bool> profiling;

// Adds a line to the comments of every profile. Must be called in a section.
void Comment(const std::string& line);

// Called in the child that an interrupt makes, in a section. Writes what was
// sampled so far. Returns the child's exit status.
int SaveInterrupted();

// Must be called in a section, when the collectors are stopped and drained.
// Writes everything, or says why it cannot. Returns whether it could.
// Afterwards interrupts end the program at once.
bool SaveWholeRun();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RUN_SESSION_STATE_H_
