// The stacks of a trace, as Perfetto has them: names, frames and stacks are
// told once, with numbers, and are referred to by these.
//
//   PerfettoCode code(*trace.code);
//   uint64_t stack = code.Callstack(sample.frame);   // 0: it is empty
//   code.FillIn(packet.mutable_interned_data());     // all that was asked for
#ifndef BENCH_PROFILER_FORMATS_PERFETTO_CODE_H_
#define BENCH_PROFILER_FORMATS_PERFETTO_CODE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "bench_profiler/profile/profile.h"
#include "perfetto_trace.pb.h"

namespace bench_profiler {

class PerfettoCode {
 public:
  explicit PerfettoCode(const Code& code)
      : code_(code), callstacks_(code.frames.size()) {}

  uint64_t Callstack(uint32_t frame);

  void FillIn(perfetto::InternedData* interned) { interned->Swap(&interned_); }

 private:
  using Strings = std::map<std::string, uint64_t>;
  // Function (0: unknown), line, mapping and address in it.
  using FrameKey = std::tuple<uint64_t, uint32_t, uint64_t, uint64_t>;

  void AddFrames(const Location& location, std::vector<uint64_t>* frames);
  uint64_t Frame(const Location& location, const Line* line);
  uint64_t Mapping(uint32_t index);

  const Code& code_;
  std::vector<uint64_t> callstacks_;  // by frame; 0: not asked for so far
  Strings function_names_;
  Strings source_paths_;
  Strings mapping_paths_;
  Strings build_ids_;
  std::map<FrameKey, uint64_t> frames_;
  std::map<uint32_t, uint64_t> mappings_;
  uint64_t num_callstacks_ = 0;
  perfetto::InternedData interned_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_PERFETTO_CODE_H_
