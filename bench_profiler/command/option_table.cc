#include "bench_profiler/command/option_table.h"

#include <algorithm>

namespace bench_profiler {
namespace {

template <Granularity kValue>
void SetGranularity(CommandLine* line) {
  line->report.granularity = kValue;
}

void SetFlat(CommandLine* line) { line->report.cumulative = false; }

// -alloc_space and others of pprof's: names for sample types.
constexpr char kDelay[] = "delay";
constexpr char kContentions[] = "contentions";
constexpr char kInuseSpace[] = "inuse_space";
constexpr char kInuseObjects[] = "inuse_objects";
constexpr char kAllocSpace[] = "alloc_space";
constexpr char kAllocObjects[] = "alloc_objects";

template <const char* kType>
void SetType(CommandLine* line) {
  line->report.sample_index = kType;
}

void SetMeanDelay(CommandLine* line) {
  line->report.sample_index = kDelay;
  line->report.mean = true;
}

constexpr char kFolded[] = "folded";
constexpr char kSpeedscope[] = "speedscope";
constexpr char kPerfetto[] = "perfetto";
constexpr char kPprof[] = "pprof";

template <const char* kName>
void SetFormat(CommandLine* line) {
  line->format = kName;
}

bool SameName(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) {
                      return (a == '-' ? '_' : a) == (b == '-' ? '_' : b);
                    });
}

}  // namespace

const std::vector<OptionRow>& AllOptions() {
  using R = ReportOptions;
  using L = CommandLine;
  constexpr unsigned kSample = kSampleOptions;
  constexpr unsigned kReport = kReportOptions;
  static const auto* const rows = new std::vector<OptionRow>{
      // Which value.
      {"sample_index", "TYPE", "show this value: a type, or its number from 0",
       kSample, &R::sample_index},
      {"alloc_space", nullptr, "as --sample_index=alloc_space", kSample,
       &SetType<kAllocSpace>},
      {"alloc_objects", nullptr, "as --sample_index=alloc_objects", kSample,
       &SetType<kAllocObjects>},
      {"inuse_space", nullptr, "as --sample_index=inuse_space", kSample,
       &SetType<kInuseSpace>},
      {"inuse_objects", nullptr, "as --sample_index=inuse_objects", kSample,
       &SetType<kInuseObjects>},
      {"contentions", nullptr, "as --sample_index=contentions", kSample,
       &SetType<kContentions>},
      {"total_delay", nullptr, "as --sample_index=delay", kSample,
       &SetType<kDelay>},
      {"mean_delay", nullptr, "as --mean --sample_index=delay", kSample,
       &SetMeanDelay},
      {"mean", nullptr, "divide by the first value of each sample", kSample,
       &R::mean},
      {"divide_by", "N", "divide all values, for example by iterations",
       kSample, &R::divide_by},
      {"unit", "UNIT", "show values in ns, us, ms, s, kB, MB, ...", kReport,
       &R::unit},
      {"relative_percentages", nullptr, "percentages of what is focused on",
       kReport, &R::relative_percentages},
      {"drop_negative", nullptr, "leave out differences below 0", kReport,
       &R::drop_negative},
      // Which samples and frames.
      {"focus", "REGEX", "only samples with such a function, file or binary",
       kSample, &R::focus},
      {"ignore", "REGEX", "no samples with such a function, file or binary",
       kSample, &R::ignore},
      {"hide", "REGEX", "leave such frames out", kSample, &R::hide},
      {"show", "REGEX", "only such frames", kSample, &R::show},
      {"show_from", "REGEX", "leave out what is above the first such frame",
       kSample, &R::show_from},
      {"prune_from", "REGEX", "leave out such frames and what is below",
       kSample, &R::prune_from},
      {"tagfocus", "REGEX", "only samples with such a label (or KEY=REGEX)",
       kSample, &R::tag_focus},
      {"tagignore", "REGEX", "no samples with such a label (or KEY=REGEX)",
       kSample, &R::tag_ignore},
      {"tagshow", "REGEX", "only labels with such a key", kSample,
       &R::tag_show},
      {"taghide", "REGEX", "no labels with such a key", kSample, &R::tag_hide},
      {"tagroot", "KEYS", "make frames of these labels, at the root", kSample,
       &R::tag_root},
      {"tagleaf", "KEYS", "make frames of these labels, at the leaf", kSample,
       &R::tag_leaf},
      {"noinlines", nullptr, "count inlined functions as their callers",
       kSample, &R::no_inlines},
      // Which entries, and in what order.
      {"cum", nullptr, "sort by what functions and their callees cost", kReport,
       &R::cumulative},
      {"flat", nullptr, "sort by what functions cost themselves (default)",
       kReport, &SetFlat},
      {"nodecount", "N", "show so many entries at most", kReport,
       &R::node_count},
      {"nodefraction", "F", "leave out entries below this part of the total",
       kReport, &R::node_fraction},
      {"edgefraction", "F", "leave out edges below this part of the total",
       kReport, &R::edge_fraction},
      {"trim", nullptr, "leave out small ones (--trim=false: show all)",
       kReport, &R::trim},
      {"call_tree", nullptr, "an entry for each path to a function", kReport,
       &R::call_tree},
      {"functions", nullptr, "an entry for each function (default)", kReport,
       &SetGranularity<Granularity::kFunctions>},
      {"filefunctions", nullptr, "an entry for each function and file", kReport,
       &SetGranularity<Granularity::kFileFunctions>},
      {"files", nullptr, "an entry for each file", kReport,
       &SetGranularity<Granularity::kFiles>},
      {"lines", nullptr, "an entry for each line", kReport,
       &SetGranularity<Granularity::kLines>},
      {"addresses", nullptr, "an entry for each address", kReport,
       &SetGranularity<Granularity::kAddresses>},
      {"full-names", nullptr,
       "C++ names with parameters and template arguments",
       kSample | kDiffOptions, &R::full_names},
      {"compact_labels", nullptr, "no lines about the profile itself", kReport,
       &R::compact_labels},
      {"source_path", "DIRS", "where sources are, with \":\" between", kReport,
       &R::source_path},
      {"trim_path", "DIRS", "what to cut off names of source files", kReport,
       &R::trim_path},
      // Where profiles come from.
      {"base", "SOURCE", "subtract this profile", kSourceOptions, &L::base},
      {"diff_base", "SOURCE", "subtract it; percentages are of it",
       kSourceOptions, &L::diff_base},
      {"normalize", nullptr, "first make both as large", kSourceOptions,
       &R::normalize},
      {"seconds", "N", "let the server measure for so long (default 30)",
       kSourceOptions, &L::seconds},
      {"timeout", "N", "wait so long for a server (default: 60 s more)",
       kSourceOptions, &L::timeout},
      {"symbolize", "MODE", "accepted and ignored: profiles have their names",
       kSourceOptions, OptionRow::Ignored()},
      // Where the result goes.
      {"o", "FILE", "write to this file", kOutputOptions, &L::output},
      {"output", "FILE", "the same", kOutputOptions, &L::output},
      {"color", "WHEN", "auto, always or never", kDisplayOptions, &L::color,
       "auto|always|never"},
      {"width", "N", "cut lines to so many columns (0: never)", kDisplayOptions,
       &L::width},
      {"format", "NAME", "folded, speedscope, perfetto or pprof",
       kConvertOptions, &L::format, "folded|speedscope|perfetto|pprof"},
      {"folded", nullptr, "as --format=folded", kConvertOptions,
       &SetFormat<kFolded>},
      {"speedscope", nullptr, "as --format=speedscope", kConvertOptions,
       &SetFormat<kSpeedscope>},
      {"perfetto", nullptr, "as --format=perfetto", kConvertOptions,
       &SetFormat<kPerfetto>},
      {"pprof", nullptr, "as --format=pprof", kConvertOptions,
       &SetFormat<kPprof>},
      {"title", "TEXT", "what stands above it", kTitleOptions, &L::title},
      // Comparisons.
      {"format", "NAME", "text (default), markdown, json, html, bmf or gha",
       kDiffOptions, &L::format, "text|markdown|json|html|bmf|gha"},
      {"fail-above", "LIMIT",
       "exit 1 above it: 5% (of time), allocs:0, instructions:1%", kDiffOptions,
       &L::fail_above},
      {"strict", nullptr, "exit 3 if too little was run to decide",
       kDiffOptions, &L::strict},
      {"min-effect", "PERCENT", "call less no change (default 2)", kDiffOptions,
       &L::min_effect},
      {"runs", "N", "run each program so often (10; 50 with --until-decided)",
       kRunsOptions, &L::runs},
      {"max-time", "TIME", "start no more runs after 90s, 5m, 1h", kRunsOptions,
       &L::max_time},
      {"until-decided", nullptr,
       "stop when every benchmark is decided, or at a limit", kRunsOptions,
       &L::until_decided},
      {"seed", "N", "of the order of the runs (default: any)", kRunsOptions,
       &L::seed},
      {"folder", "FOLDER", "keep here what was run", kFolderOptions,
       &L::folder},
      {"label", "KEY=VALUE", "say this of the profiles; may be repeated",
       kPushOptions, &L::labels},
      {"timeout", "N", "try for so long to send a profile (default 60)",
       kPushOptions, &L::timeout},
  };
  return *rows;
}

const OptionRow* FindOption(std::string_view name, unsigned groups) {
  for (const OptionRow& row : AllOptions()) {
    if ((row.group & groups) != 0 && SameName(row.name, name)) return &row;
  }
  return nullptr;
}

}  // namespace bench_profiler
