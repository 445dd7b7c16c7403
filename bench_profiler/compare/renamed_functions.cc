#include "bench_profiler/compare/renamed_functions.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace bench_profiler {
namespace {

enum Presence : unsigned char { kNowhere = 0, kInOld = 1, kInNew = 2 };

void Mark(const Side& side, Presence presence,
          std::vector<unsigned char>* marks) {
  for (const Process& process : side.processes) {
    for (const MeasuredBenchmark& benchmark : process.benchmarks) {
      for (const auto& [measure, value] : benchmark.measures) {
        for (const auto& [function, cost] : value.functions) {
          if (function >= marks->size()) marks->resize(function + size_t{1});
          (*marks)[function] |= presence;
        }
      }
    }
  }
}

// The functions of one short name.
struct Namesakes {
  uint32_t only_old = 0;
  uint32_t only_new = 0;
  size_t old_count = 0;
  size_t new_count = 0;
};

}  // namespace

RenamedFunctions::RenamedFunctions(const Side& old_side, const Side& new_side,
                                   const FunctionTable& functions) {
  std::vector<unsigned char> marks(functions.size());
  Mark(old_side, kInOld, &marks);
  Mark(new_side, kInNew, &marks);
  std::unordered_map<std::string_view, Namesakes> by_name;
  for (uint32_t i = 0; i < functions.size(); ++i) {
    Namesakes& namesakes = by_name[functions[i].name];
    if ((marks[i] & kInOld) != 0) {
      ++namesakes.old_count;
      namesakes.only_old = i;
    }
    if ((marks[i] & kInNew) != 0) {
      ++namesakes.new_count;
      namesakes.only_new = i;
    }
  }
  for (const auto& [name, namesakes] : by_name) {
    const bool is_pair = namesakes.old_count == 1 && namesakes.new_count == 1 &&
                         namesakes.only_old != namesakes.only_new;
    if (!is_pair) continue;
    new_by_old_[namesakes.only_old] = namesakes.only_new;
    old_by_new_[namesakes.only_new] = namesakes.only_old;
  }
}

}  // namespace bench_profiler
