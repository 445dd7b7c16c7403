// A trace as tests want to look at it, read back from its file.
//
//   TraceView trace = ReadTrace("trace.perfetto-trace");
//   ASSERT_TRUE(trace.valid) << trace.problem;
//   trace.Spans("BM_Sort")[0].end
//
// CheckWithUpstream lets a parser that is not ours read it.
#ifndef BENCH_PROFILER_TESTS_SUPPORT_TRACE_VIEW_H_
#define BENCH_PROFILER_TESTS_SUPPORT_TRACE_VIEW_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace bench_profiler {

struct TraceSpanView {
  std::string path;  // with the names of those around it: "BM_Sort > run"
  std::string name;
  std::string track;  // "" of the thread itself, or "labels"
  int64_t tid = 0;
  int64_t begin = 0;
  int64_t end = 0;                           // of a moment: `begin`
  std::map<std::string, std::string> notes;  // numbers as text
  std::vector<uint64_t> arrows_from;
  std::vector<uint64_t> arrows_to;
};

struct TraceSampleView {
  std::vector<std::string> functions;  // the leaf first
  int64_t tid = 0;
  int64_t time = 0;
  int64_t nanos = 0;

  bool Has(const std::string& part) const;
};

struct TraceView {
  // Those with this name.
  std::vector<TraceSpanView> Spans(const std::string& name) const;

  bool valid = false;
  std::string problem;  // why not
  std::map<int64_t, std::string> threads;
  std::vector<TraceSpanView> spans;
  std::vector<TraceSpanView> moments;
  std::vector<TraceSampleView> samples;
  // By their names, with times.
  std::map<std::string, std::vector<std::pair<int64_t, int64_t>>> counters;
};

TraceView ReadTrace(const std::string& path);
TraceView ParseTrace(const std::string& bytes);

// Returns "" if upstream's definition of the format understands the file, or if
// there is no protobuf for Python; otherwise what is wrong. `counts` gets what
// check_trace.py prints.
std::string CheckWithUpstream(const std::string& path, std::string* counts);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_SUPPORT_TRACE_VIEW_H_
