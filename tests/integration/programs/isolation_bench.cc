// A program with a protobuf of its own, messages named perftools.profiles in
// it, that throws and takes backtraces. Fails if the profiler got in between.
#include <benchmark/benchmark.h>
#include <dlfcn.h>
#include <execinfo.h>
#include <link.h>
#include <unwind.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>

#include "perftools_profile.pb.h"
#include "spin.h"

namespace {

void Fail(const char* what, const char* detail) {
  std::fprintf(stderr, "isolation: %s: %s\n", what, detail);
  std::_Exit(30);
}

void MustComeFrom(const char* symbol, const char* library) {
  Dl_info info;
  const void* address = dlsym(RTLD_DEFAULT, symbol);
  if (address == nullptr || dladdr(address, &info) == 0 ||
      std::strstr(info.dli_fname, library) == nullptr) {
    Fail(symbol, address == nullptr ? "not found" : info.dli_fname);
  }
}

// Libraries of the profiler that no symbol of the program may ever meet.
int VisitLibrary(dl_phdr_info* info, size_t, void*) {
  for (const char* library : {"libunwind", "libdw", "libprotobuf-lite"}) {
    if (std::strstr(info->dlpi_name, library) != nullptr) {
      Fail("in the program's namespace", info->dlpi_name);
    }
  }
  return 0;
}

__attribute__((noinline)) void ThrowFrom(int depth) {
  if (depth == 0) throw std::runtime_error("thrown");
  ThrowFrom(depth - 1);
  spin_sink = spin_sink + 1;
}

void BM_Throw(benchmark::State& state) {
  MustComeFrom("_Unwind_RaiseException", "libgcc_s");
  MustComeFrom("_Unwind_Backtrace", "libgcc_s");
  MustComeFrom("backtrace", "libc.so");
  dl_iterate_phdr(VisitLibrary, nullptr);
  for (auto _ : state) {
    try {
      ThrowFrom(9);
    } catch (const std::runtime_error&) {
    }
  }
}
BENCHMARK(BM_Throw);

void BM_OwnProtobuf(benchmark::State& state) {
  perftools::profiles::Profile profile;
  profile.add_string_table("mine");
  profile.set_period(7);
  for (auto _ : state) {
    perftools::profiles::Profile copy;
    if (!copy.ParseFromString(profile.SerializeAsString()) ||
        copy.DebugString() != profile.DebugString()) {
      Fail("protobuf", "another message came back");
    }
  }
}
BENCHMARK(BM_OwnProtobuf);

}  // namespace

BENCHMARK_MAIN();
