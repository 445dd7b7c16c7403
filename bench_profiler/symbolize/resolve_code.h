// Finds out, by a symbolizer, what is at the addresses of a RawProfile.
//
//   ResolvedCode resolved = ResolveCode(data, &symbolizer);
//   resolved.code->frames[row.stack]   // the frame of a sample's leaf
#ifndef BENCH_PROFILER_SYMBOLIZE_RESOLVE_CODE_H_
#define BENCH_PROFILER_SYMBOLIZE_RESOLVE_CODE_H_

#include <memory>
#include <string>
#include <vector>

#include "bench_profiler/profile/profile.h"
#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/symbolize/symbolizer.h"

namespace bench_profiler {

struct ResolvedCode {
  // Its frames and mappings are numbered as the stacks and modules of the
  // RawProfile.
  std::shared_ptr<const Code> code;
  // A line for each file that should have given names but could not be read.
  std::vector<std::string> problems;
};

ResolvedCode ResolveCode(const RawProfile& data, Symbolizer* symbolizer);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_RESOLVE_CODE_H_
