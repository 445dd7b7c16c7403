// What nearly every test includes, precompiled: g++ spends half of the time of
// a small test on gtest.h and these. A test includes what it uses all the same,
// as if this were not there.
#ifndef BENCH_PROFILER_TESTS_SUPPORT_COMMON_HEADERS_H_
#define BENCH_PROFILER_TESTS_SUPPORT_COMMON_HEADERS_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#endif  // BENCH_PROFILER_TESTS_SUPPORT_COMMON_HEADERS_H_
