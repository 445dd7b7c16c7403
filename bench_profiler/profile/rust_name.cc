#include "bench_profiler/profile/rust_name.h"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace bench_profiler {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// A C++ name may end like a hash by accident, but hardly with as many different
// digits as a hash has.
bool IsHash(std::string_view digits) {
  return digits.find_first_not_of(kHexDigits) == std::string_view::npos &&
         std::set<char>(digits.begin(), digits.end()).size() >= 5;
}

// Characters that symbols cannot have are written "$LT$", or "$u7b$" by number.
std::string_view EscapedCharacter(std::string_view code) {
  struct Escape {
    std::string_view code;
    std::string_view character;
  };
  constexpr Escape kEscapes[] = {
      {"SP", "@"}, {"BP", "*"}, {"RF", "&"}, {"LT", "<"},
      {"GT", ">"}, {"LP", "("}, {"RP", ")"}, {"C", ","},
  };
  for (const Escape& escape : kEscapes) {
    if (code == escape.code) return escape.character;
  }
  return "";
}

std::string CharacterOf(std::string_view code) {
  if (code.size() == 3 && code[0] == 'u') {
    const size_t high = kHexDigits.find(code[1]);
    const size_t low = kHexDigits.find(code[2]);
    if (high < 2 || high > 7 || low == std::string_view::npos) return "";
    return std::string(1, static_cast<char>(high * 16 + low));
  }
  return std::string(EscapedCharacter(code));
}

// Appends one part of a name. What is no escape is left as it is.
void AppendPart(std::string_view part, std::string* name) {
  if (StartsWith(part, "_$")) part.remove_prefix(1);
  while (!part.empty()) {
    if (StartsWith(part, "..")) {
      *name += "::";
      part.remove_prefix(2);
    } else if (part[0] == '$') {
      const size_t end = part.find('$', 1);
      const std::string character = end == std::string_view::npos
                                        ? ""
                                        : CharacterOf(part.substr(1, end - 1));
      if (character.empty()) {
        *name += part;
        return;
      }
      *name += character;
      part.remove_prefix(end + 1);
    } else {
      *name += part[0];
      part.remove_prefix(1);
    }
  }
}

// Takes "3pad" off the start of "3pad4rest". Returns "" if there is no such.
std::string_view TakePart(std::string_view* text) {
  size_t size = 0;
  size_t i = 0;
  for (; i < text->size() && (*text)[i] >= '0' && (*text)[i] <= '9'; ++i) {
    size = size * 10 + static_cast<size_t>((*text)[i] - '0');
    if (size > text->size()) return "";
  }
  if (i == 0 || size > text->size() - i) return "";
  const std::string_view part = text->substr(i, size);
  text->remove_prefix(i + size);
  return part;
}

}  // namespace

std::string RustName(std::string_view symbol) {
  constexpr std::string_view kStart = "_ZN";
  constexpr std::string_view kHash = "17h0123456789abcdefE";
  if (!StartsWith(symbol, kStart)) return "";
  const size_t suffix = symbol.rfind("E.");  // "E.llvm.123"
  if (suffix != std::string_view::npos) symbol = symbol.substr(0, suffix + 1);
  if (symbol.size() <= kStart.size() + kHash.size()) return "";
  const std::string_view hash = symbol.substr(symbol.size() - kHash.size());
  if (!StartsWith(hash, "17h") || hash.back() != 'E' ||
      !IsHash(hash.substr(3, 16))) {
    return "";
  }
  std::string_view rest = symbol.substr(
      kStart.size(), symbol.size() - kStart.size() - kHash.size());
  std::string name;
  while (!rest.empty()) {
    const std::string_view part = TakePart(&rest);
    if (part.empty()) return "";
    if (!name.empty()) name += "::";
    AppendPart(part, &name);
  }
  return name;
}

}  // namespace bench_profiler
