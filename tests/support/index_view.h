// What index.json says of the benchmarks and tests of a run.
//
//   EXPECT_EQ(EntryOf(folder, "Suite.Test")["iterations"], 1);
#ifndef BENCH_PROFILER_TESTS_SUPPORT_INDEX_VIEW_H_
#define BENCH_PROFILER_TESTS_SUPPORT_INDEX_VIEW_H_

#include <set>
#include <string>

#include "tests/support/json.h"
#include "tests/support/program.h"

namespace bench_profiler {

// All that the index of a profile lists.
inline Json EntriesIn(const TemporaryFolder& folder,
                      const std::string& profile = "cpu.prof") {
  return Json::Parse(
      ReadFile(folder / (profile + ".d/index.json")))["benchmarks"];
}

// Null if it is not listed.
inline Json EntryOf(const TemporaryFolder& folder, const std::string& name) {
  for (const auto& entry : EntriesIn(folder)) {
    if (entry["name"] == name) return entry;
  }
  return {};
}

inline std::set<std::string> NamesIn(const TemporaryFolder& folder,
                                     const std::string& profile = "cpu.prof") {
  std::set<std::string> names;
  for (const auto& entry : EntriesIn(folder, profile)) {
    names.insert(entry["name"].Text());
  }
  return names;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_SUPPORT_INDEX_VIEW_H_
