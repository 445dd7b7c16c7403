#include "bench_profiler/export/module_symbols.h"

#include <utility>
#include <vector>

namespace bench_profiler {

Symbolizer MakeSymbolizer(const RawProfile& data) {
  std::vector<SymbolModule> modules;
  for (const Module& row : data.modules) {
    SymbolModule module;
    module.path = data.String(row.path);
    module.bias = row.bias;
    module.start = row.start;
    module.build_id.assign(reinterpret_cast<const char*>(row.build_id),
                           row.build_id_size);
    modules.push_back(std::move(module));
  }
  Symbolizer symbolizer(std::move(modules));
  std::vector<Symbolizer::Address> addresses;
  for (const StackNode& node : data.stacks) {
    if (node.module != kNoModule) {
      addresses.emplace_back(node.module, node.address);
    }
  }
  symbolizer.Resolve(std::move(addresses));
  return symbolizer;
}

}  // namespace bench_profiler
