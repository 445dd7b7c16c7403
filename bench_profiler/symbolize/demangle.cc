#include "bench_profiler/symbolize/demangle.h"

#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

namespace bench_profiler {
namespace {

// GCC: clone_function_name() and its callers; LLVM: HotColdSplitting,
// PromoteInternals ("llvm"), UniqueInternalLinkageNames,
// FunctionSpecialization.
constexpr std::string_view kCloneSuffixes[] = {
    "isra",        "part",     "constprop",  "cold", "hot",
    "clone",       "lto_priv", "localalias", "llvm", "warm",
    "specialized", "__uniq",   "unlikely",   "cfi",  "ltrans",
};

constexpr std::string_view kStub = "@plt";  // plt_symbols.h

bool IsStub(std::string_view symbol) {
  return symbol.size() > kStub.size() &&
         symbol.substr(symbol.size() - kStub.size()) == kStub;
}

bool IsNumber(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool IsCloneSuffix(std::string_view text) {
  return std::find(std::begin(kCloneSuffixes), std::end(kCloneSuffixes),
                   text) != std::end(kCloneSuffixes);
}

// "f.isra.0" and "f.cold" lose one suffix, "f.0" and "f.name" none.
std::string_view StripOneSuffix(std::string_view symbol) {
  std::string_view name = symbol;
  size_t dot = name.rfind('.');
  if (dot != std::string_view::npos && IsNumber(name.substr(dot + 1))) {
    name = name.substr(0, dot);
    dot = name.rfind('.');
  }
  const bool is_clone = dot != std::string_view::npos && dot != 0 &&
                        IsCloneSuffix(name.substr(dot + 1));
  return is_clone ? name.substr(0, dot) : symbol;
}

}  // namespace

std::string_view StripCloneSuffix(std::string_view symbol) {
  if (IsStub(symbol)) return symbol;
  symbol = symbol.substr(0, symbol.find('@'));
  for (;;) {
    const std::string_view shorter = StripOneSuffix(symbol);
    if (shorter.size() == symbol.size()) return symbol;
    symbol = shorter;
  }
}

std::string Demangle(const std::string& symbol) {
  // __cxa_demangle also reads types: it turns "i" into "int".
  if (symbol.compare(0, 2, "_Z") != 0) return symbol;
  if (IsStub(symbol)) {
    return Demangle(symbol.substr(0, symbol.size() - kStub.size())) +
           std::string(kStub);
  }
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status),
      &std::free);
  return status == 0 && name ? name.get() : symbol;
}

}  // namespace bench_profiler
