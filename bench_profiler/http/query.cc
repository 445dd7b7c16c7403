#include "bench_profiler/http/query.h"

#include <algorithm>
#include <charconv>

namespace bench_profiler {
namespace {

// The value of a hexadecimal digit, or -1.
int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool IsPlain(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z') ||
         std::string_view("-._~").find(c) != std::string_view::npos;
}

// In what follows the '?', '+' stands for a space.
std::optional<std::string> DecodePart(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return DecodeUrl(spaced);
}

}  // namespace

std::string Query::Get(std::string_view name) const {
  std::string_view rest = text_;
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    // Some take ';' for '&', some do not: Go refuses it.
    if (pair.find(';') != std::string_view::npos) continue;
    const size_t equals = std::min(pair.find('='), pair.size());
    const auto key = DecodePart(pair.substr(0, equals));
    const auto value =
        DecodePart(pair.substr(std::min(equals + 1, pair.size())));
    if (key && value && *key == name) return *value;
  }
  return "";
}

std::optional<std::string> DecodeUrl(std::string_view text) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = DigitOf(text[i + 1]);
    const int low = DigitOf(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

std::string EncodeUrl(std::string_view text) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (IsPlain(c)) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return encoded;
}

std::optional<int64_t> ParseInt(const std::string& text) {
  const char* start = text.data();
  const char* const end = start + text.size();
  // from_chars takes no '+'.
  if (start != end && *start == '+') {
    ++start;
    if (start != end && *start == '-') return std::nullopt;
  }
  int64_t number = 0;
  const auto [stop, error] = std::from_chars(start, end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

int64_t ParseSwitch(const std::string& text) {
  return ParseInt(text).value_or(0);
}

}  // namespace bench_profiler
