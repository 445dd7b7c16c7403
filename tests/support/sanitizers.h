// Whether a test is built with a sanitizer: some things cannot be tested then.
//
//   if (kAddressSanitizer) GTEST_SKIP() << "...";
#ifndef BENCH_PROFILER_TESTS_SUPPORT_SANITIZERS_H_
#define BENCH_PROFILER_TESTS_SUPPORT_SANITIZERS_H_

namespace bench_profiler {

#if defined(__has_feature)  // clang
inline constexpr bool kAddressSanitizer = __has_feature(address_sanitizer);
inline constexpr bool kThreadSanitizer = __has_feature(thread_sanitizer);
#else  // g++
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool kAddressSanitizer = true;
#else
inline constexpr bool kAddressSanitizer = false;
#endif
#if defined(__SANITIZE_THREAD__)
inline constexpr bool kThreadSanitizer = true;
#else
inline constexpr bool kThreadSanitizer = false;
#endif
#endif

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_SUPPORT_SANITIZERS_H_
