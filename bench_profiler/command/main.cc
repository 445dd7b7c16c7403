// The command bench_profiler.
#include <cstdio>
#include <cstring>

#include "bench_profiler/command/run_command.h"

namespace {

constexpr char kHelp[] =
    "CPU and heap profiles of programs that were not built for it.\n"
    "\n"
    "  bench_profiler run [flags] -- program [arguments]\n"
    "  bench_profiler run --help\n"
    "  bench_profiler --version\n";

bool Is(const char* argument, const char* name) {
  return std::strcmp(argument, name) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && Is(argv[1], "run")) {
    return bench_profiler::RunCommand(argc - 1, argv + 1);
  }
  if (argc > 1 && (Is(argv[1], "--help") || Is(argv[1], "help"))) {
    std::fputs(kHelp, stdout);
    return 0;
  }
  if (argc > 1 && Is(argv[1], "--version")) {
    std::puts("bench_profiler " BENCH_PROFILER_VERSION);
    return 0;
  }
  std::fprintf(stderr,
               "bench_profiler: %s%s; it is: bench_profiler run [flags] -- "
               "program [arguments]\n",
               argc > 1 ? "no such command: " : "a command is missing",
               argc > 1 ? argv[1] : "");
  return bench_profiler::kLauncherFailed;
}
