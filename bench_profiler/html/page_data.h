// What the page of the report is made from: plain data, which page_json.h
// writes as JSON.
//
//   PageData data;
//   data.benchmarks.push_back({"BM_Sort/8"});
//   std::string page = HtmlPage(data);
#ifndef BENCH_PROFILER_HTML_PAGE_DATA_H_
#define BENCH_PROFILER_HTML_PAGE_DATA_H_

#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bench_profiler {

// One of the profiles that each benchmark has: "cpu" and so on.
struct PageKind {
  std::string name;
  std::string title;
  std::string type;  // of the values that are shown: "alloc_space"
  std::string unit;
};

// Whose a function is. The user's are drawn warm, those of libraries cool.
enum class FrameGroup { kUser = 0, kLibrary = 1 };

struct PageFrame {
  std::string name;       // as short as the profile has it
  std::string full_name;  // with parameters; the same if no more is known
  std::string file;
  int64_t line = 0;  // where the function starts
  FrameGroup group = FrameGroup::kUser;
};

// A line of a source file, and what is spent in it itself.
struct PageLine {
  uint32_t frame = 0;
  int64_t line = 0;
  int64_t value = 0;
};

enum class PageVerdict { kUnchanged, kMore, kLess, kUndecided };

// How something differs between two programs. Values are per operation, in the
// unit of their kind; the change and its interval are parts of the old value of
// the benchmark. NaN: unknown.
struct PageChange {
  PageVerdict verdict = PageVerdict::kUndecided;
  double old_value = NAN;
  double new_value = NAN;
  double change = NAN;
  double low = NAN;
  double high = NAN;
};

struct PageFunctionChange : PageChange {
  uint32_t frame = 0;  // index into PageData::frames
  std::string note;
};

// A tree of calls, in preorder. The root is no node.
struct PageTree {
  struct Node {
    uint32_t depth = 0;
    uint32_t frame = 0;  // index into PageData::frames
    bool is_inlined = false;
    bool is_above = false;  // of the benchmark's own function; harness.h
    int64_t self = 0;
  };

  int64_t samples = -1;  // negative: unknown
  int64_t divisor = 1;   // operations
  int64_t total = 0;
  std::vector<Node> nodes;
  std::vector<PageLine> lines;  // the hottest first
  double more_seconds = 0;  // to run, for enough samples; 0: none or unknown
  // Of comparisons. Then `self` is what is spent by the new program.
  std::vector<int64_t> old_self;            // one for each node
  std::vector<PageFunctionChange> changes;  // the strongest evidence first
  std::string remark;
};

struct PageBenchmark {
  std::string name;
  std::string label;  // "benchmark", "test", or "" for a whole program
  int64_t iterations = 0;
  int repetitions = 0;
  int threads = 1;
  bool is_complete = true;
  // "real", "cpu": nanoseconds per operation; "allocs", "bytes", "contentions",
  // "delay" per operation. Those that are known.
  std::map<std::string, double> columns;
  bool is_estimated = false;  // "allocs" and "bytes" are, by the heap profile
  // Half of the confidence interval at 95 % of some columns, divided by them.
  std::map<std::string, double> spread;
  std::vector<std::optional<PageTree>> profiles;  // one for each kind
  // Of comparisons.
  PageVerdict verdict = PageVerdict::kUndecided;
  std::vector<std::optional<PageChange>> changes;  // one for each measure
  std::vector<std::string> notes;
};

// What a comparison tells of each benchmark: time, allocations and so on.
struct PageMeasure {
  std::string name;   // "time"; the kind of its profiles is called so, too
  std::string label;  // "time/op"
  std::string unit;
};

struct PageComparison {
  std::string old_title;
  std::string new_title;
  std::vector<PageMeasure> measures;
  std::vector<std::string> warnings;
};

// Benchmarks whose names differ in one number.
struct PageFamily {
  std::string name;  // "BM_Sort"
  std::vector<size_t> benchmarks;
  std::vector<double> arguments;
};

enum class PageMode {
  kSuite,   // benchmarks or tests
  kSingle,  // one program
};

struct PageData {
  std::string title;
  PageMode mode = PageMode::kSuite;
  int64_t generated = 0;  // seconds since the epoch
  std::vector<std::pair<std::string, std::string>> context;
  int64_t min_samples = 100;  // with fewer, shares are a guess
  std::vector<PageKind> kinds;
  std::vector<PageFrame> frames;
  std::vector<PageFamily> families;
  std::vector<PageBenchmark> benchmarks;
  std::optional<PageComparison> comparison;  // of two programs
  // File -> first line of a run of lines -> their texts.
  std::map<std::string, std::map<int64_t, std::vector<std::string>>> sources;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTML_PAGE_DATA_H_
