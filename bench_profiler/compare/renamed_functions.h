// Finds functions that only changed their parameters or template arguments:
// Parse(char const*) of OLD is Parse(std::string_view) of NEW, if each is the
// only function of that short name on one side, and not on the other.
//
//   const RenamedFunctions renamed(old_side, new_side, functions);
//   renamed.InNew(old_index);   // what it is called in NEW
//
// Without it a change of a signature would be a function that is gone and one
// that is new.
#ifndef BENCH_PROFILER_COMPARE_RENAMED_FUNCTIONS_H_
#define BENCH_PROFILER_COMPARE_RENAMED_FUNCTIONS_H_

#include <cstdint>
#include <unordered_map>

#include "bench_profiler/compare/function_table.h"
#include "bench_profiler/compare/process.h"

namespace bench_profiler {

class RenamedFunctions {
 public:
  RenamedFunctions() = default;
  RenamedFunctions(const Side& old_side, const Side& new_side,
                   const FunctionTable& functions);

  // A function's index on the other side; most are the same on both.
  uint32_t InNew(uint32_t old_index) const {
    return Find(new_by_old_, old_index);
  }
  uint32_t InOld(uint32_t new_index) const {
    return Find(old_by_new_, new_index);
  }

 private:
  using Indices = std::unordered_map<uint32_t, uint32_t>;

  static uint32_t Find(const Indices& indices, uint32_t index) {
    const auto it = indices.find(index);
    return it == indices.end() ? index : it->second;
  }

  Indices new_by_old_;
  Indices old_by_new_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_RENAMED_FUNCTIONS_H_
