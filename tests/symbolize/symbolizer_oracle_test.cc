// Agreement with llvm-symbolizer on this test program: GoogleTest and the
// standard library inside.
//
// Where the two differ, once clone suffixes are treated alike (each class was
// looked into, on this program and on that of symbolizer_benchmark):
//  - A constructor or destructor: llvm takes the symbol of one of its variants
//    (C1, C2, D1, D2) from .symtab, we take what the debug information has (C2
//    or, standing for all, C4). Demangled they are the same.
//  - Code without a line (start files, GoogleTest without -g, a few calls in
//    .cold parts to which the compiler gave none): llvm takes the STT_FILE
//    symbol of .symtab for a file, with line 0; we leave the file out, since it
//    says nothing about the function. Counted by itself: how much of such code
//    there is depends on how GoogleTest was built.
//  - Functions with the same code that the compiler or the linker folded into
//    one (-fipa-icf): several symbols for one address, each of them right.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "bench_profiler/symbolize/symbolizer.h"
#include "tests/symbolize/llvm_symbolizer.h"

namespace bench_profiler {
namespace {

// The "C1" of a constructor and "D2" of a destructor without their number.
std::string WithoutVariants(const std::string& text) {
  std::string result;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool is_variant = i > 0 && i + 1 < text.size() &&
                            (text[i - 1] == 'C' || text[i - 1] == 'D') &&
                            text[i] >= '0' && text[i] <= '5' &&
                            (text[i + 1] == 'E' || text[i + 1] == 'I');
    if (!is_variant) result += text[i];
  }
  return result;
}

TEST(SymbolizerOracle, AgreesWithLlvmSymbolizer) {
  const std::string path = std::filesystem::read_symlink("/proc/self/exe");
  const auto [start, size] = TextSection(path);
  ASSERT_GT(size, 10000U);
  std::vector<uint64_t> in_file;
  std::vector<Symbolizer::Address> addresses;
  // A hundred thousand addresses: code with a sanitizer is ten times as large.
  const uint64_t step = std::max<uint64_t>(7, size / 100000);
  for (uint64_t offset = 0; offset < size; offset += step) {
    in_file.push_back(start + offset);
    addresses.push_back({0, start + offset});
  }
  const LlvmResult oracle = RunLlvmSymbolizer(path, in_file);
  if (!oracle.ran) GTEST_SKIP() << "no llvm-symbolizer";

  Symbolizer symbolizer({{path, ""}});
  symbolizer.Resolve(addresses);
  FrameChains ours;
  for (const auto& address : addresses) {
    ours.push_back(symbolizer.Frames(address));
  }
  const Agreement agreement = Compare(ours, oracle.frames);
  std::printf(
      "agreement with llvm-symbolizer: %.2f %% of %zu frames, %.2f %% with "
      "STT_FILE symbols for files\n",
      100 * agreement.Share(), agreement.frames, 100 * agreement.StrictShare());
  EXPECT_GT(agreement.frames, in_file.size() / 2);
  EXPECT_GE(agreement.Share(), 0.95);
  size_t unexplained = 0;
  for (const size_t i : agreement.differing_addresses) {
    const std::string our_text = ToString(ours[i]);
    const std::string llvm_text = ToString(oracle.frames[i]);
    if (WithoutVariants(our_text) == WithoutVariants(llvm_text)) continue;
    if (++unexplained > 10) continue;
    std::printf("%#llx\n  ours %s\n  llvm %s\n",
                static_cast<unsigned long long>(in_file[i]), our_text.c_str(),
                llvm_text.c_str());
  }
  std::printf("%zu addresses differ, %zu by more than C1 for C2\n",
              agreement.differing_addresses.size(), unexplained);
}

}  // namespace
}  // namespace bench_profiler
