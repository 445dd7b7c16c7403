// Reads labels off stacks, where nothing else tells what was running.
//
//   StackLabels labels(data, code);
//   for (const Label& label : labels.Of(row.stack)) ...
#ifndef BENCH_PROFILER_SYMBOLIZE_STACK_LABELS_H_
#define BENCH_PROFILER_SYMBOLIZE_STACK_LABELS_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/profile/profile.h"
#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

class StackLabels {
 public:
  // Keeps references to both; `code` is that of `data`.
  StackLabels(const RawProfile& data, const Code& code)
      : data_(data), code_(code) {}

  // At most one label for each of RawProfile::stack_labels.
  std::vector<Label> Of(uint32_t stack);

 private:
  // The label of the outermost frame that has one; "" if none has.
  const std::string& ValueOf(uint32_t stack, size_t label);
  // "" if the function, an index into Code::functions, stands for none.
  const std::string& Read(uint32_t function, size_t label);

  const RawProfile& data_;
  const Code& code_;
  // Looked up once: many samples share frames, and many frames a function.
  std::map<std::pair<uint32_t, size_t>, std::string> values_;
  std::map<std::pair<uint32_t, size_t>, std::string> read_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_STACK_LABELS_H_
