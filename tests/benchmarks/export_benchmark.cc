// What it costs to write the profiles of a run of 1000 benchmarks with 300
// stacks each: the time, and the most memory that was resident.
//
//   build/dev/tests/benchmarks/export_benchmark [FOLDER [EXPORTER]]
//
// EXPORTER is another libbench_profiler_export.so, to compare with. The stacks
// are made up of addresses of this program's libraries.
#include <dlfcn.h>
#include <link.h>
#include <sys/stat.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#include "bench_profiler/export/exporter.h"
#include "tests/support/made_up_run.h"

namespace bench_profiler {
namespace {

constexpr uint32_t kNumBenchmarks = 1000;
constexpr uint32_t kStacks = 300;
constexpr uint32_t kDepth = 20;
constexpr uint32_t kSharedDepth = 8;  // from the root on, of one benchmark
constexpr size_t kAddresses = 2000;
constexpr size_t kAddressesOfOne = 200;  // that one benchmark's stacks are of

class SyntheticRun : public MadeUpRun {
 public:
  explicit SyntheticRun(const std::string& path) : MadeUpRun(path) {
    dl_iterate_phdr(AddModules, this);
    PickAddresses();
    for (uint32_t i = 0; i < kNumBenchmarks; ++i) AddStacks(i);
  }

 private:
  static int AddModules(dl_phdr_info* info, size_t, void* cookie) {
    auto* self = static_cast<SyntheticRun*>(cookie);
    for (size_t i = 0; i < info->dlpi_phnum; ++i) {
      const ElfW(Phdr)& segment = info->dlpi_phdr[i];
      if (segment.p_type != PT_LOAD || (segment.p_flags & PF_X) == 0) continue;
      Module module;
      module.start = info->dlpi_addr + segment.p_vaddr;
      module.limit = module.start + segment.p_memsz;
      module.offset = segment.p_offset;
      module.bias = info->dlpi_addr;
      const bool is_program = info->dlpi_name[0] == '\0';
      module.path =
          self->String(is_program ? "/proc/self/exe" : info->dlpi_name);
      self->modules_.push_back(module);
    }
    return 0;
  }

  uint64_t Random(uint64_t limit) {
    return std::uniform_int_distribution<uint64_t>(0, limit - 1)(random_);
  }

  void PickAddresses() {
    for (size_t i = 0; i < kAddresses; ++i) {
      const auto module = static_cast<uint32_t>(Random(modules_.size()));
      const Module& row = modules_[module];
      addresses_.push_back(
          {row.start + Random(row.limit - row.start), 0, module});
    }
  }

  // Calls with the same frames but other callers are other nodes.
  uint32_t Call(uint32_t parent) {
    StackNode node =
        addresses_[(first_ + Random(kAddressesOfOne)) % kAddresses];
    node.parent = parent;
    stacks_.push_back(node);
    return static_cast<uint32_t>(stacks_.size() - 1);
  }

  void AddStacks(uint32_t number) {
    const uint32_t benchmark =
        AddBenchmark("BM_Benchmark/" + std::to_string(number));
    RegionRow& row = benchmarks_[benchmark];
    row.iterations = 1000;
    row.cpu_seconds = row.real_seconds = 0.3;
    const uint32_t run = AddRun(benchmark, 0);
    first_ = Random(kAddresses);
    uint32_t shared = 0;
    for (uint32_t i = 0; i < kSharedDepth; ++i) shared = Call(shared);
    for (uint32_t i = 0; i < kStacks; ++i) {
      uint32_t stack = shared;
      for (uint32_t j = kSharedDepth; j < kDepth; ++j) stack = Call(stack);
      AddSample(stack, run, kTimed, 1000000);
    }
  }

  std::mt19937_64 random_{1};
  std::vector<StackNode> addresses_;
  uint64_t first_ = 0;  // of the benchmark's addresses
};

// Of /proc/self/status, in KiB.
long Status(const char* what) {
  long kib = -1;
  char line[256];
  std::FILE* file = std::fopen("/proc/self/status", "r");
  while (file != nullptr && std::fgets(line, sizeof(line), file) != nullptr) {
    if (std::strncmp(line, what, std::strlen(what)) != 0) continue;
    std::sscanf(line + std::strlen(what), ": %ld", &kib);
  }
  if (file != nullptr) std::fclose(file);
  return kib;
}

int Run(const std::string& folder, const char* exporter) {
  void* library = dlmopen(LM_ID_NEWLM, exporter, RTLD_NOW | RTLD_LOCAL);
  void* symbol =
      library == nullptr ? nullptr : dlsym(library, "BenchProfilerExport");
  if (symbol == nullptr) {
    std::fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  mkdir(folder.c_str(), 0777);
  SyntheticRun run(folder + "/cpu.prof");
  const RawProfile data = run.Data();
  const long before = Status("VmRSS");
  const auto start = std::chrono::steady_clock::now();
  const std::clock_t cpu_start = std::clock();
  const int failures =
      reinterpret_cast<decltype(&BenchProfilerExport)>(symbol)(&data);
  const std::chrono::duration<double> seconds =
      std::chrono::steady_clock::now() - start;
  std::printf(
      "%u benchmarks of %u stacks: %.2f s (CPU time: %.2f s), %ld KiB at most "
      "beyond the %ld KiB of the run's own data\n",
      kNumBenchmarks, kStacks, seconds.count(),
      static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC,
      Status("VmHWM") - before, before);
  return failures;
}

}  // namespace
}  // namespace bench_profiler

int main(int argc, char** argv) {
  return bench_profiler::Run(argc > 1 ? argv[1] : "export_benchmark.d",
                             argc > 2 ? argv[2] : EXPORTER);
}
