// Where the numbers of a run come from, as far as only its own process can
// tell.
//
//   context.git_revision = "8f0e1c7";
//   data.context = &context;   // RawProfile
//
// Plain data, as raw_profile.h says. What is "" or negative is unknown.
#ifndef BENCH_PROFILER_RECORD_RAW_CONTEXT_H_
#define BENCH_PROFILER_RECORD_RAW_CONTEXT_H_

namespace bench_profiler {

struct RawContext {
  const char* command = "";     // with its arguments
  const char* compiler = "";    // see Program (program.h)
  const char* build_type = "";  // the same
  const char* git_revision = "";
  double load[3] = {-1, -1, -1};  // averages over 1, 5 and 15 minutes
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RECORD_RAW_CONTEXT_H_
