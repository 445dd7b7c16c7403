#include "bench_profiler/compare/markdown_text.h"

#include <algorithm>

#include "bench_profiler/formats/utf8.h"

namespace bench_profiler {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";  // U+FFFD

bool IsLetterOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9');
}

bool ContinuesCharacter(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

// U+202A to U+202E and U+2066 to U+2069 turn the direction of what follows: a
// name with one would mirror the rest of its row.
bool TurnsDirection(std::string_view text) {
  if (text.size() < 3 || text[0] != '\xe2') return false;
  if (text[1] == '\x80') return text[2] >= '\xaa' && text[2] <= '\xae';
  return text[1] == '\x81' && text[2] >= '\xa6' && text[2] <= '\xa9';
}

// Valid UTF-8 on one line, without what has no picture.
std::string OneLine(std::string_view text) {
  const std::string valid = ValidUtf8(text);
  const std::string_view view = valid;
  std::string line;
  for (size_t i = 0; i < valid.size(); ++i) {
    const auto c = static_cast<unsigned char>(valid[i]);
    if (c == '\n' || c == '\r' || c == '\t') {
      line += ' ';
    } else if (c < ' ' || c == 0x7f) {
      line += kReplacement;
    } else if (TurnsDirection(view.substr(i))) {
      line += kReplacement;
      i += 2;
    } else {
      line += valid[i];
    }
  }
  return line;
}

// Two thirds of what is kept are its head.
std::string WithoutMiddle(const std::string& text, size_t max_bytes) {
  constexpr std::string_view kLeftOut = "…";
  if (text.size() <= max_bytes) return text;
  const size_t kept = max_bytes - std::min(max_bytes, kLeftOut.size());
  size_t head = kept * 2 / 3;
  size_t tail = text.size() - (kept - head);
  while (head > 0 && ContinuesCharacter(text[head])) --head;
  while (tail < text.size() && ContinuesCharacter(text[tail])) ++tail;
  return text.substr(0, head) + std::string(kLeftOut) + text.substr(tail);
}

size_t LongestRun(std::string_view text, char c) {
  size_t longest = 0;
  size_t run = 0;
  for (const char other : text) {
    run = other == c ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

// Letters, digits, blanks and marks that mean nothing between them.
bool IsPlain(std::string_view text) {
  // "12 of 20 failed" is text, "12. failed" would be a list.
  const size_t word = text.find_first_not_of("0123456789");
  if (word == std::string_view::npos) return true;
  if (word == 0 ? !IsLetterOrDigit(text[0]) : text[word] != ' ') return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    // ":x:" is an emoji, and "http://" begins a link.
    const bool ends_word = i + 1 == text.size() || text[i + 1] == ' ';
    if ((c == ':' || c == ';') && ends_word) continue;
    if (!IsLetterOrDigit(c) &&
        std::string_view(" .,%()+-'\"/").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return text.find("www.") == std::string_view::npos;
}

}  // namespace

std::string CodeSpan(std::string_view text, size_t max_bytes) {
  std::string shown = WithoutMiddle(OneLine(text), max_bytes);
  if (shown.find_first_not_of(' ') == std::string::npos) return "(no name)";
  // Renderers know fences of up to 80; such names are nobody's.
  constexpr size_t kLongestFence = 20;
  if (LongestRun(shown, '`') >= kLongestFence) {
    std::replace(shown.begin(), shown.end(), '`', '\'');
  }
  const std::string fence(LongestRun(shown, '`') + 1, '`');
  // One blank at either end is no part of the code, if both are there.
  const bool needs_blanks = shown.front() == '`' || shown.back() == '`' ||
                            (shown.front() == ' ' && shown.back() == ' ');
  const char* blank = needs_blanks ? " " : "";
  return fence + blank + shown + blank + fence;
}

std::string PlainOrCode(std::string_view text, size_t max_bytes) {
  std::string line = OneLine(text);
  if (line.size() <= max_bytes && IsPlain(line)) return line;
  return CodeSpan(line, max_bytes);
}

// How "\\|" is read differs from one renderer to the next: a "|" behind a "\"
// is shown by its like.
std::string TableCell(std::string_view markdown) {
  std::string cell;
  for (size_t i = 0; i < markdown.size(); ++i) {
    if (markdown[i] != '|') {
      cell += markdown[i];
    } else if (i > 0 && markdown[i - 1] == '\\') {
      cell += "│";
    } else {
      cell += "\\|";
    }
  }
  return cell;
}

}  // namespace bench_profiler
