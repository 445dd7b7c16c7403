// Google Benchmark's header, for glue that has to link without Google Benchmark
// as well: its headers may be there for others, in /usr/include for everybody.
//
// What is called of it is declared once more, as weak; members as functions
// that have the members' symbols.
#ifndef BENCH_PROFILER_INTEGRATIONS_GOOGLE_BENCHMARK_BENCHMARK_HEADER_H_
#define BENCH_PROFILER_INTEGRATIONS_GOOGLE_BENCHMARK_BENCHMARK_HEADER_H_

#include <string>
#include <type_traits>

#include "../common/standard_library.h"

// The header calls this in a static initializer. <iostream> needs no such call.
#define InitializeStreams BenchProfilerInitializeStreams
namespace benchmark {
namespace internal {
inline int BenchProfilerInitializeStreams() { return 0; }
}  // namespace internal
}  // namespace benchmark
#include <benchmark/benchmark.h>
#undef InitializeStreams

namespace benchmark {

// Found where the header declares none: templates come second.
template <class... None>
BenchmarkReporter* CreateDefaultDisplayReporter(None...);

}  // namespace benchmark

namespace bench_profiler {

using DefaultReporter = decltype(benchmark::CreateDefaultDisplayReporter());

// Since 1.6; null before. A raw pointer before 1.9.5, a unique_ptr since.
__attribute__((weak)) DefaultReporter CreateDefaultReporter() __asm__(
    "_ZN9benchmark28CreateDefaultDisplayReporterEv");

// Functions since 1.6, data before.
template <class State>
int ThreadIndex(const State& state) {
  if constexpr (std::is_member_function_pointer_v<
                    decltype(&State::thread_index)>) {
    return state.thread_index();
  } else {
    return state.thread_index;
  }
}
template <class State>
int Threads(const State& state) {
  if constexpr (std::is_member_function_pointer_v<decltype(&State::threads)>) {
    return state.threads();
  } else {
    return state.threads;
  }
}

// The symbols of CPUInfo::Get, SystemInfo::Get and BenchmarkName::str.
__attribute__((weak)) const benchmark::CPUInfo* GetCpuInfo() __asm__(
    "_ZN9benchmark7CPUInfo3GetEv");
__attribute__((weak)) const benchmark::SystemInfo* GetSystemInfo() __asm__(
    "_ZN9benchmark10SystemInfo3GetEv");
__attribute__((weak)) std::string
FullName(const benchmark::BenchmarkName* name) __asm__(
    "_ZNK9benchmark13BenchmarkName3str" BENCH_PROFILER_STRING_TAG "Ev");

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTEGRATIONS_GOOGLE_BENCHMARK_BENCHMARK_HEADER_H_
