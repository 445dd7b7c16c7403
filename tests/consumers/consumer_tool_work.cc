// The work of a program that profiles itself.
#include <cstdio>
#include <string>
#include <vector>

#include "bench_profiler/pprof.h"

__attribute__((noinline)) double ToolWork(std::vector<std::string>* kept) {
  double sum = 0;
  for (int i = 1; i < 100000000; ++i) {
    sum += 1.0 / i;
    if (i % 10000 == 0) kept->push_back(std::string(2000, 'x'));
  }
  return sum;
}

// Whether all went well.
static bool Check(const bench_profiler::pprof::Error& error) {
  if (error) std::fprintf(stderr, "%s\n", error.message());
  return !error;
}

int RunTool() {
  namespace pprof = bench_profiler::pprof;
  if (!Check(pprof::StartCpuProfile("tool_cpu.prof"))) return 1;
  std::vector<std::string> kept;
  std::printf("%g %zu\n", ToolWork(&kept), kept.size());
  const bool written = Check(pprof::StopCpuProfile());
  return Check(pprof::WriteHeapProfile("tool_mem.prof")) && written ? 0 : 1;
}
