// What the commands `top`, `tree`, `list` and so on can be asked for: pprof's
// options, under pprof's names.
#ifndef BENCH_PROFILER_REPORT_OPTIONS_H_
#define BENCH_PROFILER_REPORT_OPTIONS_H_

#include <string>
#include <vector>

namespace bench_profiler {

enum class Granularity {
  kFunctions,
  kFileFunctions,
  kFiles,
  kLines,
  kAddresses,
};

struct ReportOptions {
  // Which value.
  std::string sample_index;  // a type, or its index; "": the profile's default
  bool mean = false;         // divided by the first value
  double divide_by = 1;
  std::string unit = "minimum";
  bool normalize = false;  // as large as the base
  bool relative_percentages = false;
  bool drop_negative = false;

  // Which samples and frames: regular expressions, "" for all.
  std::string focus, ignore, hide, show, show_from, prune_from;
  std::string tag_focus, tag_ignore, tag_show, tag_hide, tag_root, tag_leaf;

  // Which entries, and in what order.
  Granularity granularity = Granularity::kFunctions;
  bool no_inlines = false;
  bool cumulative = false;  // sorted by it
  bool call_tree = false;
  int node_count = -1;  // -1: as many as the report usually has
  double node_fraction = 0.005;
  double edge_fraction = 0.001;
  bool trim = true;

  // How it looks.
  bool full_names = false;      // with parameters and template arguments
  bool compact_labels = false;  // without File, Type, Time
  std::string source_path;      // folders, with ":" between them
  std::string trim_path;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_OPTIONS_H_
