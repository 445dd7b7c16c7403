// Whether a test is built with AddressSanitizer: some things cannot be tested
// then.
//
//   if (kAddressSanitizer) GTEST_SKIP() << "...";
#ifndef BENCH_PROFILER_TESTS_SUPPORT_SANITIZERS_H_
#define BENCH_PROFILER_TESTS_SUPPORT_SANITIZERS_H_

namespace bench_profiler {

#if defined(__has_feature)  // clang
inline constexpr bool kAddressSanitizer = __has_feature(address_sanitizer);
#elif defined(__SANITIZE_ADDRESS__)
inline constexpr bool kAddressSanitizer = true;
#else
inline constexpr bool kAddressSanitizer = false;
#endif

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_SUPPORT_SANITIZERS_H_
