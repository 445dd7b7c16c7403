// What this process holds of the kernel's things, to see that it does not grow.
//
//   const Holdings before = Holdings::Now();
//   ...
//   EXPECT_EQ(Holdings::Now().descriptors, before.descriptors);
#ifndef BENCH_PROFILER_TESTS_CORE_HOLDINGS_H_
#define BENCH_PROFILER_TESTS_CORE_HOLDINGS_H_

#include <dirent.h>

#include <fstream>
#include <string>

namespace bench_profiler {

struct Holdings {
  static Holdings Now() {
    Holdings now;
    now.descriptors = CountEntries("/proc/self/fd");
    now.timers = CountLines("/proc/self/timers");
    now.mappings = CountLines("/proc/self/maps");
    return now;
  }
  static int CountEntries(const char* path) {
    int entries = 0;
    DIR* folder = opendir(path);
    while (readdir(folder) != nullptr) ++entries;
    closedir(folder);
    return entries;
  }
  static int CountLines(const char* path) {
    std::ifstream file(path);
    int lines = 0;
    for (std::string line; std::getline(file, line);) ++lines;
    return lines;
  }
  int descriptors = 0;
  int timers = 0;
  int mappings = 0;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_CORE_HOLDINGS_H_
