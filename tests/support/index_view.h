// What index.json says of the benchmarks and tests of a run.
//
//   EXPECT_EQ(EntryOf(folder, "Suite.Test")["iterations"], 1);
#ifndef BENCH_PROFILER_TESTS_SUPPORT_INDEX_VIEW_H_
#define BENCH_PROFILER_TESTS_SUPPORT_INDEX_VIEW_H_

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "tests/support/program.h"

namespace bench_profiler {

// All that the index of a profile lists.
inline nlohmann::json EntriesIn(const TemporaryFolder& folder,
                                const std::string& profile = "cpu.prof") {
  return nlohmann::json::parse(
      ReadFile(folder / (profile + ".d/index.json")))["benchmarks"];
}

// Null if it is not listed.
inline nlohmann::json EntryOf(const TemporaryFolder& folder,
                              const std::string& name) {
  for (const auto& entry : EntriesIn(folder)) {
    if (entry["name"] == name) return entry;
  }
  return nullptr;
}

inline std::set<std::string> NamesIn(const TemporaryFolder& folder,
                                     const std::string& profile = "cpu.prof") {
  std::set<std::string> names;
  for (const auto& entry : EntriesIn(folder, profile)) {
    names.insert(entry["name"].get<std::string>());
  }
  return names;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_SUPPORT_INDEX_VIEW_H_
