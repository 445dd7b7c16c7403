// A profile as tests want to look at it, read back from its file.
//
//   ProfileView profile = ReadProfile("cpu.prof");
//   EXPECT_GT(profile.Sum("cpu", [](const SampleView& sample) {
//     return sample.Has("Work") && sample.Label("phase") == "timed"; }), 0);
#ifndef BENCH_PROFILER_TESTS_SUPPORT_PROFILE_VIEW_H_
#define BENCH_PROFILER_TESTS_SUPPORT_PROFILE_VIEW_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace bench_profiler {

struct SampleView {
  std::vector<std::string> functions;  // leaf first, inlined ones included
  std::vector<std::string> symbols;    // of the same, mangled
  std::map<std::string, std::string> labels;  // numeric ones as text
  std::vector<int64_t> values;

  // Whether a function of the stack contains `part` in its name.
  bool Has(const std::string& part) const;
  std::string Label(const std::string& key) const;  // "" if absent
};

struct ProfileView {
  using Filter = std::function<bool(const SampleView&)>;

  bool valid = false;              // read, decompressed, parsed, and consistent
  std::string problem;             // why not
  std::vector<std::string> types;  // "cpu/nanoseconds"
  std::string default_type;        // "cpu"
  std::vector<SampleView> samples;
  std::vector<std::string> comments;
  int64_t time_nanos = 0;
  int64_t duration_nanos = 0;

  // The sum of the values of a type ("cpu") over samples that pass.
  int64_t Sum(const std::string& type, const Filter& filter = nullptr) const;
  bool HasComment(const std::string& part) const;
};

// Applies the rules of google/pprof's Profile.CheckValid as well.
ProfileView ReadProfile(const std::string& path);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_SUPPORT_PROFILE_VIEW_H_
