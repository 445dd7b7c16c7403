#include "bench_profiler/formats/utf8.h"

namespace bench_profiler {
namespace {

// Returns the length of the UTF-8 sequence (RFC 3629, section 4) at `at`, or 0
// if there is no valid one.
size_t SequenceSize(std::string_view text, size_t at) {
  if (static_cast<unsigned char>(text[at]) < 0x80) return 1;
  const auto byte = [&](size_t i) -> unsigned {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0;
  };
  const unsigned first = byte(0);
  const size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  // The bounds of the second byte exclude overlong forms, surrogates, and what
  // is beyond U+10FFFF.
  const unsigned low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  const unsigned high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  if (first < 0xc2 || first > 0xf4 || byte(1) < low || byte(1) > high) return 0;
  for (size_t i = 2; i < size; ++i) {
    if (byte(i) < 0x80 || byte(i) > 0xbf) return 0;
  }
  return size;
}

// Most strings are. A loop that does not look where a string stops being so is
// several times faster.
bool IsAscii(std::string_view text) {
  unsigned char bits = 0;
  for (const char c : text) bits |= static_cast<unsigned char>(c);
  return bits < 0x80;
}

}  // namespace

std::string ValidUtf8(std::string_view text) {
  if (IsAscii(text)) return std::string(text);
  std::string valid;
  size_t good = 0;  // all before this is in `valid` already
  for (size_t at = 0; at < text.size();) {
    const size_t size = SequenceSize(text, at);
    if (size == 0) {
      valid.append(text, good, at - good);
      valid += "\xef\xbf\xbd";
      good = at + 1;
    }
    at += size > 0 ? size : 1;
  }
  if (good == 0) return std::string(text);
  return valid.append(text.substr(good));
}

}  // namespace bench_profiler
