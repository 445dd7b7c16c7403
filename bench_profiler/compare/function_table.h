// The functions of a comparison, each once, whatever number of profiles has
// them.
//
//   FunctionTable table;
//   uint32_t index = table.Add(function);   // a ParsedFunction
//   table[index].name;
#ifndef BENCH_PROFILER_COMPARE_FUNCTION_TABLE_H_
#define BENCH_PROFILER_COMPARE_FUNCTION_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bench_profiler/compare/process.h"
#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

class FunctionTable {
 public:
  // The function with this key (function_key.h), added if it is new.
  uint32_t Add(const ParsedFunction& function);
  // What stands for code without a function: "[libm.so.6]".
  uint32_t AddNameless(std::string_view name);

  const ComparedFunction& operator[](uint32_t index) const {
    return functions_[index];
  }
  size_t size() const { return functions_.size(); }

 private:
  std::vector<ComparedFunction> functions_;
  std::unordered_map<std::string, uint32_t> index_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_FUNCTION_TABLE_H_
