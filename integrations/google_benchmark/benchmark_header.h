// Includes Google Benchmark's header such that the glue also links without
// Google Benchmark. A program that does not use it may be compiled with the
// glue, too, since the header is found if it is in /usr/include.
//
// So the functions that the glue calls are declared once more, as weak.
// Instead of a member function, a function is declared that has its symbol.
#ifndef BENCH_PROFILER_INTEGRATIONS_GOOGLE_BENCHMARK_BENCHMARK_HEADER_H_
#define BENCH_PROFILER_INTEGRATIONS_GOOGLE_BENCHMARK_BENCHMARK_HEADER_H_

#include <string>
#include <type_traits>

#include "../common/standard_library.h"

// The header calls InitializeStreams, which is in the library, in a static
// initializer. Here it calls a function that does nothing: <iostream>
// initializes the streams anyway.
#define InitializeStreams BenchProfilerInitializeStreams
namespace benchmark {
namespace internal {
inline int BenchProfilerInitializeStreams() { return 0; }
}  // namespace internal
}  // namespace benchmark
#include <benchmark/benchmark.h>
#undef InitializeStreams

namespace benchmark {

// Declares the function for headers that do not have it. If a header has it,
// that one is called, since a plain function is preferred to a template.
template <class... None>
BenchmarkReporter* CreateDefaultDisplayReporter(None...);

}  // namespace benchmark

namespace bench_profiler {

using DefaultReporter = decltype(benchmark::CreateDefaultDisplayReporter());

// Exists since 1.6, and is null before. Returns a raw pointer before 1.9.5, a
// unique_ptr since.
__attribute__((weak)) DefaultReporter CreateDefaultReporter() __asm__(
    "_ZN9benchmark28CreateDefaultDisplayReporterEv");

// These members are functions since 1.6, and data before.
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

// Whether there is --benchmark_min_warmup_time, as since 1.7.
template <class Benchmark, class = void>
struct HasWarmUpMember : std::false_type {};
template <class Benchmark>
struct HasWarmUpMember<Benchmark,
                       std::void_t<decltype(&Benchmark::MinWarmUpTime)>>
    : std::true_type {};
template <class Benchmark>
constexpr bool HasWarmUp() {
  return HasWarmUpMember<Benchmark>::value;
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
