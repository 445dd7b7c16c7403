#include "bench_profiler/symbolize/symbolizer.h"

#include <algorithm>
#include <utility>

#include "bench_profiler/symbolize/debug_file.h"
#include "bench_profiler/symbolize/dwarf_frames.h"
#include "bench_profiler/symbolize/dwarf_index.h"
#include "bench_profiler/symbolize/elf_symbols.h"
#include "bench_profiler/symbolize/plt_symbols.h"

namespace bench_profiler {

Symbolizer::Symbolizer(std::vector<SymbolModule> modules)
    : modules_(std::move(modules)), quality_(modules_.size()) {}

void Symbolizer::Resolve(std::vector<Address> addresses) {
  std::sort(addresses.begin(), addresses.end());
  std::map<uint32_t, std::vector<uint64_t>> by_module;
  for (const Address& address : addresses) {
    // Addresses of the same module are sorted, so they arrive in order.
    const bool is_new = frames_.try_emplace(address).second;
    if (is_new && address.first < modules_.size()) {
      by_module[address.first].push_back(address.second);
    }
  }
  for (const auto& [module, in_memory] : by_module) {
    ResolveModule(module, in_memory);
  }
}

void Symbolizer::ResolveModule(uint32_t module,
                               const std::vector<uint64_t>& in_memory) {
  const ObjectFile file(modules_[module]);
  if (!file.elf()) return AddProblem(modules_[module].path);
  const uint64_t bias = modules_[module].bias;
  std::vector<uint64_t> in_file;
  for (const uint64_t address : in_memory) {
    if (address >= bias) in_file.push_back(address - bias);
  }
  const ElfSymbols symbols({file.elf(), file.debug_elf()});
  const PltSymbols plt(file.elf());
  std::vector<DwarfLocation> locations(in_file.size());
  if (file.dwarf()) {
    locations = FindFunctions(file.dwarf(), in_file, file.TextStart());
  }
  DwarfFrames builder;
  SymbolQuality& quality = quality_[module];
  for (size_t i = 0; i < in_file.size(); ++i) {
    const char* symbol = symbols.Find(in_file[i]);
    if (!symbol) symbol = plt.Find(in_file[i]);
    std::vector<SourceFrame> frames =
        builder.Build(locations[i], in_file[i], symbol);
    for (const SourceFrame& frame : frames) {
      quality.has_functions = true;
      quality.has_filenames |= !frame.file.empty();
      quality.has_line_numbers |= frame.line != 0;
    }
    quality.has_inline_frames |= !locations[i].functions.empty();
    frames_[{module, in_file[i] + bias}] = std::move(frames);
  }
}

// Once for each file, of which there may be several modules.
void Symbolizer::AddProblem(const std::string& path) {
  std::string line = "no names for functions of " + path +
                     ": it cannot be read, or is not the file any more that "
                     "was loaded";
  if (std::find(problems_.begin(), problems_.end(), line) == problems_.end()) {
    problems_.push_back(std::move(line));
  }
}

const std::vector<SourceFrame>& Symbolizer::Frames(
    const Address& address) const {
  static const auto* const unknown = new std::vector<SourceFrame>();
  const auto it = frames_.find(address);
  return it == frames_.end() ? *unknown : it->second;
}

SymbolQuality Symbolizer::Quality(uint32_t module) const {
  return module < quality_.size() ? quality_[module] : SymbolQuality();
}

}  // namespace bench_profiler
