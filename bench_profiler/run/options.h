// What the user asked for, as plain data. Filled by flags.h.
#ifndef BENCH_PROFILER_RUN_OPTIONS_H_
#define BENCH_PROFILER_RUN_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace bench_profiler {

struct KindOptions {
  std::string path;  // as given; empty: this kind is off
  int64_t rate = 0;
  bool rate_is_given = false;  // else it is the default
  size_t choice = 0;           // index into Kind::choice.values
};

struct Options {
  std::vector<KindOptions> kinds;  // one for each of Kinds(), in its order
  std::string trace_path;          // as given; empty: no trace
  std::string report_path;         // as given; empty: no HTML report
  std::string output_dir = ".";    // where relative paths go
  std::string profile_http;        // where to serve profiles; "": nowhere
  std::string file_suffix;         // of profiles, before their extension
  bool benchmem = false;           // count allocations per operation
  double repeat_until = 0;         // CPU seconds of each test; 0: run it once
  bool follow_children = false;    // processes that this one starts, too
  bool is_child = false;           // this process is such a one
  bool quiet = false;              // only failures are worth a line

  // Whether there is anything to write.
  bool AnyProfile() const {
    for (const KindOptions& kind : kinds) {
      if (!kind.path.empty()) return true;
    }
    return !trace_path.empty();
  }

  // Whether there is anything to do at all.
  bool Any() const { return AnyProfile() || benchmem || !profile_http.empty(); }
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RUN_OPTIONS_H_
