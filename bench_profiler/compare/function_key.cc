#include "bench_profiler/compare/function_key.h"

#include <cstddef>
#include <string>
#include <string_view>

#include "bench_profiler/profile/demangle.h"

namespace bench_profiler {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kWord =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr size_t kRustHash = 16;  // its digits

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// How many characters of `text` are of `set`, from `start` on.
size_t LengthOf(std::string_view set, std::string_view text, size_t start) {
  const size_t end = text.find_first_not_of(set, start);
  return (end == std::string_view::npos ? text.size() : end) - start;
}

void ReplaceAll(std::string_view old_part, std::string_view new_part,
                std::string* text) {
  for (size_t i = 0; (i = text->find(old_part, i)) != std::string::npos;) {
    text->replace(i, old_part.size(), new_part);
    i += new_part.size();
  }
}

// "f(int) [clone .isra.0]", as demanglers write it, loses what
// StripCloneSuffix takes off a symbol.
void StripReadableClone(std::string* name) {
  constexpr std::string_view kClone = " [clone ";
  while (!name->empty() && name->back() == ']') {
    const size_t start = name->rfind(kClone);
    if (start == std::string::npos) return;
    const size_t suffix = start + kClone.size();
    const std::string symbol =
        "f" + name->substr(suffix, name->size() - 1 - suffix);
    if (StripCloneSuffix(symbol) != "f") return;
    name->resize(start);
  }
}

// "main::$_12::operator()() const" becomes "main::$_::operator()() const".
void StripNumbersOfClang(std::string* name) {
  for (size_t i = 0; (i = name->find("$_", i)) != std::string::npos;) {
    i += 2;
    name->erase(i, LengthOf(kDigits, *name, i));
  }
}

// "a::b::h0123456789abcdef" becomes "a::b", and "a[0123456789abcdef]::b" too.
void StripReadableRustHash(std::string* name) {
  constexpr std::string_view kStart = "::h";
  if (name->size() > kStart.size() + kRustHash) {
    const size_t start = name->size() - kStart.size() - kRustHash;
    if (name->compare(start, kStart.size(), kStart) == 0 &&
        LengthOf(kHexDigits, *name, start + kStart.size()) == kRustHash) {
      name->resize(start);
    }
  }
  for (size_t i = 0; (i = name->find('[', i)) != std::string::npos;) {
    const size_t digits = LengthOf(kHexDigits, *name, i + 1);
    const size_t end = i + 1 + digits;
    // Leading zeros are not written.
    const bool is_hash = digits > kRustHash - 4 && digits <= kRustHash &&
                         end < name->size() && (*name)[end] == ']';
    if (is_hash) {
      name->erase(i, end + 1 - i);
    } else {
      ++i;
    }
  }
}

// Rust's newer symbols have the hash of a crate as a number before its name:
// "_RNvCs15kBYyAo9fc_5crate3run" becomes "_RNvC5crate3run".
void StripMangledRustHash(std::string* name) {
  for (size_t i = 0; (i = name->find("Cs", i)) != std::string::npos;) {
    ++i;
    const size_t end = i + 1 + LengthOf(kWord, *name, i + 1);
    if (end < name->size() && (*name)[end] == '_') {
      name->erase(i, end + 1 - i);
    }
  }
}

}  // namespace

std::string FunctionKey(const std::string& symbol) {
  std::string key = FullName(std::string(StripCloneSuffix(symbol)));
  StripReadableClone(&key);
  StripNumbersOfClang(&key);
  if (StartsWith(key, "_R")) {
    StripMangledRustHash(&key);
  } else {
    StripReadableRustHash(&key);
  }
  // The words of LLVM and of Microsoft.
  ReplaceAll("`anonymous namespace'", "(anonymous namespace)", &key);
  ReplaceAll("`anonymous-namespace'", "(anonymous namespace)", &key);
  ReplaceAll("{anonymous}", "(anonymous namespace)", &key);
  return key;
}

}  // namespace bench_profiler
