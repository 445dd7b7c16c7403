// How fast addresses become functions and lines, next to llvm-symbolizer.
//
//   tests/benchmarks/symbolizer_benchmark.sh            # makes a big program
//   symbolizer_benchmark PROGRAM [ADDRESSES [ROUNDS]]   # any program
//
// Resolves random distinct addresses of .text (10 000), in this process with
// Symbolizer and with llvm-symbolizer as a subprocess that is given all of them
// at once, in turns. Prints the seconds of each round, the ratio of the medians
// and on how many frames both agree in name, file and line. With
// SYMBOLIZER_SHOW=N in the environment also the first N addresses on which they
// differ.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "bench_profiler/symbolize/symbolizer.h"
#include "tests/benchmarks/quantile.h"
#include "tests/symbolize/llvm_symbolizer.h"

namespace bench_profiler {
namespace {

std::vector<uint64_t> RandomAddresses(const std::string& path, size_t count) {
  const auto [start, size] = TextSection(path);
  std::set<uint64_t> addresses;
  // The same addresses in every run: figures can be compared.
  std::mt19937_64 random(1);
  while (addresses.size() < std::min<size_t>(count, size / 2)) {
    addresses.insert(start + random() % size);
  }
  return {addresses.begin(), addresses.end()};
}

// Returns the seconds that it took, and the frames.
double RunOurs(const std::string& path, const std::vector<uint64_t>& addresses,
               FrameChains* frames) {
  const auto start = std::chrono::steady_clock::now();
  Symbolizer symbolizer({{path, ""}});
  std::vector<Symbolizer::Address> to_resolve;
  for (const uint64_t address : addresses) to_resolve.push_back({0, address});
  symbolizer.Resolve(to_resolve);
  const std::chrono::duration<double> elapsed =
      std::chrono::steady_clock::now() - start;
  frames->clear();
  for (const auto& address : to_resolve) {
    frames->push_back(symbolizer.Frames(address));
  }
  return elapsed.count();
}

void PrintDifferences(const std::vector<uint64_t>& addresses,
                      const FrameChains& ours, const FrameChains& oracle,
                      const Agreement& agreement) {
  const char* show = std::getenv("SYMBOLIZER_SHOW");
  const size_t count =
      std::min<size_t>(agreement.differing_addresses.size(),
                       show ? std::strtoul(show, nullptr, 10) : 0);
  for (size_t n = 0; n < count; ++n) {
    const size_t i = agreement.differing_addresses[n];
    std::printf("%#llx\n  ours %s\n  llvm %s\n",
                static_cast<unsigned long long>(addresses[i]),
                ToString(ours[i]).c_str(), ToString(oracle[i]).c_str());
  }
}

int Run(const std::string& path, size_t count, int rounds) {
  const std::vector<uint64_t> addresses = RandomAddresses(path, count);
  if (addresses.empty()) {
    std::fprintf(stderr, "%s: not a program with a .text\n", path.c_str());
    return 1;
  }
  std::vector<double> our_seconds;
  std::vector<double> llvm_seconds;
  FrameChains ours;
  LlvmResult oracle;
  for (int round = 0; round < rounds; ++round) {
    our_seconds.push_back(RunOurs(path, addresses, &ours));
    std::printf("round %d: symbolizer %.3f s", round, our_seconds.back());
    oracle = RunLlvmSymbolizer(path, addresses);
    if (oracle.ran) {
      llvm_seconds.push_back(oracle.seconds);
      std::printf(", llvm-symbolizer %.3f s", oracle.seconds);
    }
    std::printf("\n");
  }
  std::printf("%zu addresses, medians of %d rounds\nsymbolizer %.3f s\n",
              addresses.size(), rounds, Median(our_seconds));
  if (llvm_seconds.empty()) {
    std::printf("llvm-symbolizer is not installed: nothing to compare with\n");
    return 0;
  }
  const Agreement agreement = Compare(ours, oracle.frames);
  std::printf(
      "llvm-symbolizer %.3f s\nratio %.2f\nagreement %.2f %% of %zu frames "
      "(%.2f %% with STT_FILE symbols for files), %zu addresses differ\n",
      Median(llvm_seconds), Median(our_seconds) / Median(llvm_seconds),
      100 * agreement.Share(), agreement.frames, 100 * agreement.StrictShare(),
      agreement.differing_addresses.size());
  PrintDifferences(addresses, ours, oracle.frames, agreement);
  return 0;
}

}  // namespace
}  // namespace bench_profiler

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s PROGRAM [ADDRESSES [ROUNDS]]\n", argv[0]);
    return 1;
  }
  const size_t count = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 10000;
  const int rounds = argc > 3 ? std::max(1, std::atoi(argv[3])) : 3;
  return bench_profiler::Run(argv[1], count, rounds);
}
