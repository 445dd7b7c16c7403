#include "bench_profiler/profile/demangle.h"

#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "bench_profiler/profile/declaration.h"
#include "bench_profiler/profile/rust_name.h"

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

constexpr std::string_view kStub = "@plt";  // symbolize/plt_symbols.h

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

// Tables, thunks to a function, and the like, which have names in words:
// "non-virtual thunk to A::f(int)".
bool IsSpecial(const std::string& symbol) {
  return symbol.compare(0, 3, "_ZT") == 0 || symbol.compare(0, 3, "_ZG") == 0;
}

std::string Declaration(const std::string& symbol) {
  // __cxa_demangle also reads types: it turns "i" into "int".
  if (symbol.compare(0, 2, "_Z") != 0) return symbol;
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status),
      &std::free);
  return status == 0 && name ? name.get() : symbol;
}

// Whether `symbol` is of a constructor ("C1"), or destructor, of a class
// without a name: of a lambda ("Ul...E_") or other ("Ut_").
bool IsOfClosure(const std::string& symbol, const char* what) {
  const size_t member = symbol.rfind(what);
  if (member == std::string::npos) return false;
  const size_t closure =
      std::max(symbol.rfind("Ul", member) + 1, symbol.rfind("Ut", member) + 1);
  return closure != 0 && symbol.find("Ul", member) == std::string::npos &&
         symbol.find("Ut", member) == std::string::npos;
}

// They are named like their class: "f()::{lambda(A)#1}::~{lambda(A)#1}".
// __cxa_demangle takes the name that it has read last:
// "f()::{lambda(A)#1}::~A".
std::string WithNameOfClosure(const std::string& symbol, std::string name) {
  const size_t colons = name.rfind("}::");
  if (colons == std::string::npos) return name;
  const bool is_destructor = name.compare(colons + 3, 1, "~") == 0;
  const bool is_constructor =
      IsOfClosure(symbol, "_C1E") || IsOfClosure(symbol, "_C2E");
  const size_t open = OpeningBracket(name.substr(0, colons + 1));
  if (open == std::string::npos || (!is_destructor && !is_constructor)) {
    return name;
  }
  return name.substr(0, colons + 3) + (is_destructor ? "~" : "") +
         name.substr(open, colons + 1 - open);
}

// Our own names of functions without a symbol have GCC's "{anonymous}"
// (symbolize/dwarf_names.h).
std::string WithUsualAnonymous(std::string name) {
  constexpr std::string_view kOfGcc = "{anonymous}";
  constexpr std::string_view kUsual = "(anonymous namespace)";
  for (size_t i = 0; (i = name.find(kOfGcc, i)) != std::string::npos;) {
    name.replace(i, kOfGcc.size(), kUsual);
    i += kUsual.size();
  }
  return name;
}

std::string OfStub(const std::string& symbol,
                   std::string (*name)(const std::string&)) {
  return name(symbol.substr(0, symbol.size() - kStub.size())) +
         std::string(kStub);
}

// Removes what is in the outermost brackets of a kind. A text in which they do
// not match is no declaration, and stays.
std::string WithoutBrackets(const std::string& text, char opening,
                            char closing) {
  std::string result;
  size_t depth = 0;
  for (const char c : text) {
    if (c == opening) ++depth;
    if (depth == 0 && c == closing) return text;
    if (depth == 0) result += c;
    if (c == closing) --depth;
  }
  return depth == 0 ? result : text;
}

// Other programs write C++ names into profiles as they are in declarations.
// pprof guesses which are such, and shortens them as this does: they are not
// to have other names here. It takes Java's "A.<init>" and Go's "(*A[...]).f"
// for others.
std::string WithoutBrackets(const std::string& name) {
  const bool is_declaration =
      name.find(".<") == std::string::npos &&
      name.find("]).") == std::string::npos &&
      (name.find_first_of("<>[]") != std::string::npos ||
       name.find("::") != std::string::npos);
  if (!is_declaration) return name;
  return WithoutBrackets(WithoutBrackets(name, '(', ')'), '<', '>');
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

std::string FullName(const std::string& symbol) {
  if (IsStub(symbol)) return OfStub(symbol, FullName);
  std::string rust = RustName(symbol);
  if (!rust.empty()) return rust;
  const std::string declaration = Declaration(symbol);
  return declaration == symbol ? WithUsualAnonymous(symbol) : declaration;
}

std::string ShortName(const std::string& symbol) {
  if (IsStub(symbol)) return OfStub(symbol, ShortName);
  std::string rust = RustName(symbol);
  if (!rust.empty()) return rust;
  const std::string full = Declaration(symbol);
  if (full == symbol) return symbol;
  std::string name = WithoutTemplateArguments(full);
  if (IsSpecial(symbol)) return name;
  return WithNameOfClosure(symbol, std::string(NameOfFunction(name)));
}

std::string NameToShow(const std::string& name, const std::string& system_name,
                       bool in_full) {
  if (in_full) return system_name.empty() ? name : FullName(system_name);
  if (!name.empty() && name != system_name) return name;
  const std::string short_name = ShortName(system_name);
  return short_name == system_name ? WithoutBrackets(short_name) : short_name;
}

}  // namespace bench_profiler
