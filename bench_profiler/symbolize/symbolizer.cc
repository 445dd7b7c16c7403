#include "bench_profiler/symbolize/symbolizer.h"

#include <algorithm>

#include "bench_profiler/symbolize/debug_file.h"
#include "bench_profiler/symbolize/dwarf_frames.h"
#include "bench_profiler/symbolize/dwarf_index.h"
#include "bench_profiler/symbolize/elf_symbols.h"
#include "bench_profiler/symbolize/plt_symbols.h"

namespace bench_profiler {

Symbolizer::Symbolizer(const std::vector<SymbolModule>& modules) {
  for (const SymbolModule& module : modules) AddModule(module);
}

uint32_t Symbolizer::AddModule(const SymbolModule& module) {
  const uint64_t start = module.build_id.empty() ? module.start : 0;
  const auto [it, is_new] =
      numbers_.try_emplace({module.path, module.build_id, start},
                           static_cast<uint32_t>(modules_.size()));
  if (is_new) modules_.emplace_back();
  // The address at which it is known to be loaded may have changed.
  modules_[it->second].module = module;
  return it->second;
}

void Symbolizer::Resolve(std::vector<Address> addresses) {
  std::sort(addresses.begin(), addresses.end());
  std::map<uint32_t, std::vector<uint64_t>> by_module;
  for (const auto& [module, address] : addresses) {
    if (module >= modules_.size()) continue;
    const auto [it, is_new] = modules_[module].locations.try_emplace(address);
    if (!is_new) continue;
    it->second.address = address;
    // The addresses are sorted, so those of a module arrive in order.
    by_module[module].push_back(address);
  }
  for (const auto& [module, in_file] : by_module) {
    ResolveModule(&modules_[module], in_file);
  }
}

void Symbolizer::ResolveModule(Known* known,
                               const std::vector<uint64_t>& in_file) {
  const ObjectFile file(known->module);
  known->is_missing = !file.elf();
  if (!file.elf()) return;
  const ElfSymbols symbols({file.elf(), file.debug_elf()});
  const PltSymbols plt(file.elf());
  std::vector<DwarfLocation> found(in_file.size());
  if (file.dwarf()) {
    found = FindFunctions(file.dwarf(), in_file, file.TextStart());
  }
  DwarfFrames builder;
  for (size_t i = 0; i < in_file.size(); ++i) {
    uint64_t start = 0;
    const char* symbol = symbols.Find(in_file[i], &start);
    if (!symbol) symbol = plt.Find(in_file[i], &start);
    Location& location = known->locations[in_file[i]];
    if (symbol) location.function_start = start;
    SetLines(builder.Build(found[i], in_file[i], symbol), &location,
             &known->quality);
    known->quality.has_inline_frames |= !found[i].functions.empty();
  }
}

void Symbolizer::SetLines(const std::vector<SourceFrame>& frames,
                          Location* location, SymbolQuality* quality) {
  for (const SourceFrame& frame : frames) {
    const auto [it, is_new] = function_numbers_.try_emplace(
        frame, static_cast<uint32_t>(functions_.size()));
    if (is_new) functions_.push_back(frame);
    location->lines.push_back({it->second, frame.line});
    quality->has_functions = true;
    quality->has_filenames |= !frame.file.empty();
    quality->has_line_numbers |= frame.line != 0;
  }
}

const Location* Symbolizer::Find(const Address& address) const {
  if (address.first >= modules_.size()) return nullptr;
  const auto& locations = modules_[address.first].locations;
  const auto it = locations.find(address.second);
  return it == locations.end() ? nullptr : &it->second;
}

std::vector<SourceFrame> Symbolizer::Frames(const Address& address) const {
  std::vector<SourceFrame> frames;
  const Location* location = Find(address);
  if (location == nullptr) return frames;
  for (const Line& line : location->lines) {
    frames.push_back({functions_[line.function], line.line});
  }
  return frames;
}

SymbolQuality Symbolizer::Quality(uint32_t module) const {
  return module < modules_.size() ? modules_[module].quality : SymbolQuality();
}

std::string Symbolizer::Problem(uint32_t module) const {
  if (!modules_[module].is_missing) return "";
  return "no names for functions of " + modules_[module].module.path +
         ": it cannot be read, or is not the file any more that was loaded";
}

}  // namespace bench_profiler
