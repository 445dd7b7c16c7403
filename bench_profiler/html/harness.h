// Which functions are not the benchmark's own, but stand above it: the start of
// the program or of a thread, main, and what runs benchmarks and tests.
//
//   RoleOf("benchmark::internal::BenchmarkRunner::Run")  // kRunner
//   RoleOf("__libc_start_main_impl")                     // kStart
//   RoleOf("benchmark::State::PauseTiming")              // kOther
#ifndef BENCH_PROFILER_HTML_HARNESS_H_
#define BENCH_PROFILER_HTML_HARNESS_H_

#include <string_view>

#include "bench_profiler/html/page_data.h"

namespace bench_profiler {

enum class FrameRole {
  kOther,
  // Starts something, if nobody but such functions called it: main, or
  // std::__invoke on the way to a thread's function.
  kStart,
  // Runs benchmarks or tests: whatever called it stands above them.
  kRunner,
};

FrameRole RoleOf(std::string_view name);

// Sets PageTree::Node::is_above. A function above it all is one that runs
// benchmarks, one that leads to such, or one that starts a thread.
void MarkAbove(const std::vector<PageFrame>& frames, PageTree* tree);

// Whose a function is, as far as names and folders tell.
FrameGroup GroupOf(std::string_view name, std::string_view file,
                   std::string_view mapping);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTML_HARNESS_H_
