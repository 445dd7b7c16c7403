// A profile that is complete in itself: functions, lines, labels and values.
// Every format is written from it.
//
//   for (const Sample& sample : profile.samples) {
//     for (uint32_t i = sample.frame; i != 0; i = code.frames[i].caller) {
//       const Location& location = code.locations[code.frames[i].location];
//
// Plain data, with members like those of profile.proto. Code and texts that
// samples have in common are kept once, so that a million samples take about 50
// MB.
#ifndef BENCH_PROFILER_PROFILE_PROFILE_H_
#define BENCH_PROFILER_PROFILE_PROFILE_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

inline constexpr uint32_t kNoMapping = UINT32_MAX;

// What is known of the code of a mapping.
struct SymbolQuality {
  bool has_functions = false;
  bool has_filenames = false;
  bool has_line_numbers = false;
  bool has_inline_frames = false;  // known, even where nothing was inlined
};

// A segment of a program or library in memory.
struct Mapping {
  uint64_t start = 0;
  uint64_t limit = 0;
  uint64_t offset = 0;  // file offset of `start`
  std::string path;
  std::string build_id;  // in hex; "" if it has none
  SymbolQuality quality;
};

struct Function {
  std::string name;         // short: "(anonymous namespace)::Tree::Find"
  std::string system_name;  // the symbol, without clone suffixes (.isra.0). Of
                            // a function without one the declaration:
                            // "{anonymous}::Tree<int>::Find(int) const"
  std::string file;         // "" if unknown; a relative path of the debug
                            // information is joined with its DW_AT_comp_dir
  int64_t start_line = 0;   // 0 if unknown

  bool operator<(const Function& other) const {
    return std::tie(name, system_name, file, start_line) <
           std::tie(other.name, other.system_name, other.file,
                    other.start_line);
  }
};

struct Line {
  uint32_t function = 0;  // index into Code::functions
  int64_t line = 0;       // 0 if unknown
};

// An address, or what stands in the place of one.
struct Location {
  uint64_t address = 0;           // 0: no code
  uint64_t function_start = 0;    // of the function around it; 0 if unknown
  uint32_t mapping = kNoMapping;  // index into Code::mappings
  // The innermost inlined function first, the one that the compiler emitted
  // last. Empty if unknown.
  std::vector<Line> lines;
};

// A node of a tree of calls. A stack is the index of its innermost frame.
// Following `caller` leads to the root, node 0, which is no frame.
struct Frame {
  uint32_t location = 0;  // index into Code::locations
  uint32_t caller = 0;    // index into Code::frames
};

struct Code {
  std::vector<Mapping> mappings;  // the first is the program
  std::vector<Function> functions;
  std::vector<Location> locations;
  std::vector<Frame> frames;
};

struct Label {
  std::string key;
  std::string text;    // either this
  int64_t number = 0;  // or, if `text` is empty, this
  std::string unit;    // of the number

  bool operator<(const Label& other) const {
    return std::tie(key, text, number, unit) <
           std::tie(other.key, other.text, other.number, other.unit);
  }
};

// Keys of the labels of samples that are of one thread.
inline constexpr char kThreadLabel[] = "thread";  // its name, or number
inline constexpr char kTidLabel[] = "tid";
inline constexpr char kStateLabel[] = "state";

struct Sample {
  uint32_t frame = 0;   // index into Code::frames
  uint32_t labels = 0;  // index into Profile::label_sets
  uint64_t size = 0;    // one more label, "bytes", of its own; 0: none
  std::array<int64_t, kMaxSampleValues> values = {};
};

// As ValueType, of which it is a copy.
struct TypeAndUnit {
  std::string type;
  std::string unit;
};

struct Profile {
  std::string name;  // "cpu"
  TextForm text_form = TextForm::kCount;
  std::vector<TypeAndUnit> value_types;
  std::string default_value_type;  // what to show first
  TypeAndUnit period_type;
  int64_t period = 0;
  int64_t time_nanos = 0;  // of its start, since the epoch
  int64_t duration_nanos = 0;
  std::vector<std::string> comments;
  std::shared_ptr<const Code> code;
  std::vector<std::vector<Label>> label_sets;
  // There may be several with the same stack and labels, to be added up.
  std::vector<Sample> samples;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PROFILE_PROFILE_H_
