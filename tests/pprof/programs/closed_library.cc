// A library that is closed before the profiles of it are written.
#include <cstdlib>
#include <ctime>

#include "bench_profiler/pprof.h"

namespace {

// Not spin.h: it has inline data, which keeps a library from being closed.
volatile unsigned spin_sink = 0;

__attribute__((noinline)) void WorkOfTheLibrary() {
  const std::clock_t end = std::clock() + CLOCKS_PER_SEC / 5;
  while (std::clock() < end) {
    for (unsigned i = 0; i < 10000; ++i) spin_sink = i;
  }
}

__attribute__((noinline)) void* AllocateInTheLibrary() {
  void* block = std::malloc(size_t{64} << 20);
  spin_sink = 2;
  return block;
}

__attribute__((noinline)) void AddInTheLibrary(
    bench_profiler::pprof::Profile* profile, const void* value) {
  if (!profile->Add(value, 0)) spin_sink = 3;
}

}  // namespace

extern "C" void* UseTheLibrary(bench_profiler::pprof::Profile* profile,
                               const void* value) {
  WorkOfTheLibrary();
  AddInTheLibrary(profile, value);
  return AllocateInTheLibrary();
}
