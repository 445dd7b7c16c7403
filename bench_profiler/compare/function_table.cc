#include "bench_profiler/compare/function_table.h"

#include <string>
#include <string_view>
#include <utility>

#include "bench_profiler/compare/function_key.h"
#include "bench_profiler/profile/demangle.h"

namespace bench_profiler {

uint32_t FunctionTable::Add(const ParsedFunction& function) {
  // The copy that happens to come first is not to name the function.
  const std::string symbol(StripCloneSuffix(function.system_name));
  const std::string name =
      function.name == function.system_name ? symbol : function.name;
  std::string key = FunctionKey(symbol.empty() ? name : symbol);
  const auto [it, is_new] =
      index_.try_emplace(key, static_cast<uint32_t>(functions_.size()));
  if (is_new) {
    functions_.push_back(
        {std::move(key), NameToShow(name, symbol, /*in_full=*/false),
         NameToShow(name, symbol, /*in_full=*/true), function.file});
  }
  return it->second;
}

uint32_t FunctionTable::AddNameless(std::string_view name) {
  const std::string text(name);
  const auto [it, is_new] =
      index_.try_emplace(text, static_cast<uint32_t>(functions_.size()));
  if (is_new) functions_.push_back({text, text, text, ""});
  return it->second;
}

}  // namespace bench_profiler
