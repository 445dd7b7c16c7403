// Hands the session's tables to the exporter, in a process of its own.
#include <sys/wait.h>

#include "bench_profiler/run/interrupt.h"
#include "bench_profiler/run/session.h"
#include "bench_profiler/run/session_state.h"
#include "bench_profiler/sampling/sampling.h"
#include "bench_profiler/sampling/trace.h"

namespace bench_profiler {
namespace {

// The exit code of a writing process that could not write everything, and has
// said why.
constexpr int kSaidWhy = 3;

// Writes all profiles; returns 0 or kSaidWhy. Calls neither malloc nor the
// loader, so that it can run in a child of the program.
int Write(bool interrupted) {
  RawProfile data;
  ProfileData profiles[kMaxKinds];
  size_t size = 0;
  session->samples.FillIn(&data);
  session->log.FillIn(&data);
  for (const ActiveKind& active : session->kinds) {
    if (!active.started || active.path.empty()) continue;
    // Most children of scripts end before their first sample, and get no file.
    if (session->is_child && session->samples.Samples(active.index).size == 0) {
      continue;
    }
    ProfileData& profile = profiles[size++];
    session->samples.FillIn(active.index, &profile);
    profile.path = active.path.c_str();
  }
  data.profiles = {profiles, size};
  if (!session->report_path.empty() && (size > 0 || !session->is_child)) {
    data.report_path = session->report_path.c_str();
  }
  RawTrace trace;
  if (session->is_tracing) {
    FillInTrace(session->samples, &trace);
    trace.path = session->trace_path.c_str();
    if (!session->is_child || trace.samples.size > 0) data.trace = &trace;
  }
  data.comments = {session->comment_lines.data(),
                   session->comment_lines.size()};
  data.context = &session->context;
  data.counts_allocations = session->counts_allocations;
  data.phases = session->phases;
  data.stack_labels = session->stack_labels;
  data.start_time_nanos = session->start_time_nanos;
  data.duration_nanos = session->Elapsed();
  data.interrupted = interrupted;
  data.is_quiet = session->is_quiet;
  data.repeats_regions = session->repeat_until > 0;
  if (data.regions.size == 0 && session->shows_a_region != nullptr) {
    data.if_a_stack_shows_a_region = session->nothing_seen.c_str();
    data.shows_a_region = session->shows_a_region;
  }
  return session->exporter->write_all(&data) == 0 ? 0 : kSaidWhy;
}

int SaveFinished() { return Write(false); }

}  // namespace

int SaveInterrupted() {
  HandOverInCopy(&session->samples);
  return Write(true);
}

bool SaveWholeRun() {
  const WriterResult result = SaveAtEnd(SaveFinished);
  // No process could be started, as at a limit of their number.
  if (!result.started) return SaveFinished() == 0;
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

}  // namespace bench_profiler
