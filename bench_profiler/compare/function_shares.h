// What functions cost in the processes of one side, for one measure of one
// benchmark, as parts of what each process has in all.
//
//   const FunctionShares shares(values, /*is_new=*/true, renamed);
//   const GroupShare share = shares.Of({parse, read});
//   // share.mean == 0.25: both together have a quarter
//
// Shares are compared rather than costs: a process that is slower as a whole,
// by the machine's doing, has the same shares.
#ifndef BENCH_PROFILER_COMPARE_FUNCTION_SHARES_H_
#define BENCH_PROFILER_COMPARE_FUNCTION_SHARES_H_

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "bench_profiler/compare/benchmark_pairs.h"
#include "bench_profiler/compare/process.h"
#include "bench_profiler/compare/renamed_functions.h"

namespace bench_profiler {

// Of one function, or of several together.
struct GroupShare {
  double samples = 0;   // or what it costs, if that is counted
  double mean = 0;      // of all processes' together
  double spread = NAN;  // the variance between processes; NaN of a single one
};

class FunctionShares {
 public:
  // Processes without samples are left out.
  FunctionShares(const std::vector<ProcessValue>& values, bool is_new,
                 const RenamedFunctions* renamed);

  // Functions are named as in OLD.
  GroupShare Of(const std::vector<uint32_t>& functions) const;

  const std::vector<ProcessValue>& values() const { return values_; }
  // What a function costs in a process.
  double SelfOf(const MeasuredValue& value, uint32_t function) const;
  // The name in OLD of what this side's profiles have.
  uint32_t InOld(uint32_t function) const {
    return is_new_ ? renamed_->InOld(function) : function;
  }

  // The sum of all functions' own.
  double samples() const { return samples_; }
  // How many samples were drawn of it: as many, or those that it was estimated
  // from. 0 if it was counted.
  double drawn() const { return drawn_; }
  // How many equally long processes would tell as much about the mean.
  double effective_processes() const { return effective_processes_; }

 private:
  std::vector<ProcessValue> values_;
  const bool is_new_;
  const RenamedFunctions* const renamed_;
  double samples_ = 0;
  double drawn_ = 0;
  double effective_processes_ = 0;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_FUNCTION_SHARES_H_
