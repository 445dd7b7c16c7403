// Runs llvm-symbolizer: the oracle of the symbolizer's test and benchmark.
//
//   LlvmResult oracle = RunLlvmSymbolizer("./bench", addresses);
//   Agreement agreement = Compare(ours, oracle.frames);
//   agreement.Share();   // 0.98, from 0 to 1
#ifndef BENCH_PROFILER_TESTS_SYMBOLIZE_LLVM_SYMBOLIZER_H_
#define BENCH_PROFILER_TESTS_SYMBOLIZE_LLVM_SYMBOLIZER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/symbolize/symbolizer.h"

namespace bench_profiler {

using FrameChains = std::vector<std::vector<SourceFrame>>;

struct LlvmResult {
  bool ran = false;    // false: there is no llvm-symbolizer
  double seconds = 0;  // wall time of the process
  FrameChains frames;  // one chain per address, the innermost frame first;
                       // system_name (clone suffixes removed), file and line
};

// `addresses` are those of the file.
LlvmResult RunLlvmSymbolizer(const std::string& path,
                             const std::vector<uint64_t>& addresses);

struct Agreement {
  size_t frames = 0;  // of the oracle
  size_t same = 0;    // in name, file and line
  // The same but for the file: where there is no line, llvm-symbolizer gives
  // the STT_FILE symbol of .symtab ("crtstuff.c") for a file.
  size_t same_but_file_symbol = 0;
  std::vector<size_t> differing_addresses;  // indices; not those of the above

  double StrictShare() const;  // of `same`
  double Share() const;        // of both
};

// Frames are paired from the outermost one.
Agreement Compare(const FrameChains& ours, const FrameChains& oracle);

// "name file:line <- ..." of a chain, for messages.
std::string ToString(const std::vector<SourceFrame>& chain);

// Address and size of .text in an ELF file; {0, 0} if it has none.
std::pair<uint64_t, uint64_t> TextSection(const std::string& path);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_SYMBOLIZE_LLVM_SYMBOLIZER_H_
