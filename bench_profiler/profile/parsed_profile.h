// A profile that was read from a file, ours or another program's: whatever
// profile.proto can say, as plain data.
//
//   for (const ParsedSample& sample : profile.samples) {
//     for (uint32_t location : sample.locations) {  // the leaf first
//       for (const ParsedLine& line : profile.locations[location].lines) {
//
// Ids of the file are indices here, all of them valid. Unlike Profile
// (profile.h), which is made for writing millions of samples, this is made for
// looking at: simple, and larger in memory.
#ifndef BENCH_PROFILER_PROFILE_PARSED_PROFILE_H_
#define BENCH_PROFILER_PROFILE_PARSED_PROFILE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "bench_profiler/profile/profile.h"

namespace bench_profiler {

struct ParsedMapping {
  uint64_t start = 0;
  uint64_t limit = 0;
  uint64_t offset = 0;
  std::string path;
  std::string build_id;
  SymbolQuality quality;
};

struct ParsedFunction {
  std::string name;
  std::string system_name;
  std::string file;
  int64_t start_line = 0;
};

inline constexpr uint32_t kNoFunction = UINT32_MAX;

struct ParsedLine {
  uint32_t function = kNoFunction;  // index into ParsedProfile::functions
  int64_t line = 0;
  int64_t column = 0;
};

struct ParsedLocation {
  uint64_t address = 0;
  uint32_t mapping = kNoMapping;  // index into ParsedProfile::mappings
  // The innermost inlined function first, the one that was emitted last.
  std::vector<ParsedLine> lines;
  bool is_folded = false;
};

struct ParsedLabel {
  std::string key;
  bool is_number = false;
  std::string text;    // if it is none
  int64_t number = 0;  // if it is one
  std::string unit;    // of the number
};

struct ParsedSample {
  std::vector<uint32_t> locations;  // the leaf first
  std::vector<int64_t> values;      // one for each value type
  std::vector<ParsedLabel> labels;  // in the order of the file
};

struct ParsedProfile {
  std::vector<TypeAndUnit> value_types;
  std::string default_value_type;  // "" if none is named
  std::vector<ParsedSample> samples;
  std::vector<ParsedMapping> mappings;  // the first is the program
  std::vector<ParsedLocation> locations;
  std::vector<ParsedFunction> functions;
  std::string drop_frames;  // regular expressions
  std::string keep_frames;
  std::vector<std::string> comments;
  std::string doc_url;
  TypeAndUnit period_type;
  int64_t period = 0;
  int64_t time_nanos = 0;
  int64_t duration_nanos = 0;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PROFILE_PARSED_PROFILE_H_
