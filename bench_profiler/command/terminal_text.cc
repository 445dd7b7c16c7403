#include "bench_profiler/command/terminal_text.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "bench_profiler/compare/text_table.h"

namespace bench_profiler {
namespace {

constexpr char kBold[] = "\x1b[1m";
constexpr char kDim[] = "\x1b[2m";
constexpr char kHot[] = "\x1b[1;31m";
constexpr char kWorse[] = "\x1b[31m";
constexpr char kBetter[] = "\x1b[32m";
constexpr char kPlain[] = "\x1b[0m";

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool EndsWith(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() &&
         text.substr(text.size() - suffix.size()) == suffix;
}

bool StartsCharacter(char c) {
  return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
}

size_t Columns(std::string_view text) {
  size_t columns = 0;
  for (const char c : text) columns += StartsCharacter(c) ? 1 : 0;
  return columns;
}

// The first `columns` characters.
std::string_view First(std::string_view text, size_t columns) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (StartsCharacter(text[i]) && columns-- == 0) return text.substr(0, i);
  }
  return text;
}

// "some::long::na… (inline)"
std::string Cut(std::string_view line, size_t width) {
  if (width == 0 || line.size() <= width || Columns(line) <= width) {
    return std::string(line);
  }
  std::string_view kept;
  for (const std::string_view suffix : {" (inline)", " (partial-inline)"}) {
    if (EndsWith(line, suffix) && suffix.size() + 1 < width) kept = suffix;
  }
  return std::string(First(line, width - 1 - kept.size())) + "…" +
         std::string(kept);
}

// Rows of `top`, and of functions in `tree`, have their share of all in the
// columns 11 to 16: "     320ms 40.00% ...".
bool IsHot(std::string_view line) {
  constexpr double kHotShare = 10;  // percent
  if (line.size() < 20 || line[10] != ' ' || line[16] != '%') return false;
  return std::atof(std::string(line.substr(11, 5)).c_str()) >= kHotShare;
}

}  // namespace

TextLook LookOfOutput(const CommandLine& line) {
  TextLook look;
  const bool is_terminal = isatty(STDOUT_FILENO) == 1;
  winsize size = {};
  if (line.width >= 0) {
    look.width = line.width;
  } else if (is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
    look.width = size.ws_col;
  }
  const char* const refused = std::getenv("NO_COLOR");
  const char* const terminal = std::getenv("TERM");
  const bool may_color =
      is_terminal && (refused == nullptr || *refused == '\0') &&
      terminal != nullptr && std::strcmp(terminal, "dumb") != 0;
  look.has_color =
      line.color == "always" || (line.color == "auto" && may_color);
  return look;
}

const char* ReportColor(std::string_view line) {
  if (StartsWith(line, "      flat  flat%") || StartsWith(line, "ROUTINE ")) {
    return kBold;
  }
  for (const char* label :
       {"-------", "File: ", "Build ID: ", "Type: ", "Time: ", "Duration: ",
        "Active filters:", "Showing ", "Dropped "}) {
    if (StartsWith(line, label)) return kDim;
  }
  return IsHot(line) ? kHot : nullptr;
}

const char* ComparisonColor(std::string_view line) {
  if (StartsWith(line, "warning: ")) return kBold;
  const std::string_view verdict = VerdictOfRow(line);
  if (verdict == "slower" || verdict == "more") return kWorse;
  if (verdict == "faster" || verdict == "less") return kBetter;
  return verdict == "verdict" ? kBold : nullptr;
}

std::string Printable(std::string line) {
  for (char& c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\t') || byte == 0x7F) c = '?';
  }
  return line;
}

std::string ForTerminal(const std::string& text, const TextLook& look,
                        LineColor color_of) {
  if (look.width <= 0 && !look.has_color) return text;
  std::string result;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line(text.data() + at, end - at);
    const char* const color = look.has_color ? color_of(line) : nullptr;
    const std::string cut =
        Printable(Cut(line, static_cast<size_t>(look.width)));
    result += color == nullptr ? cut : color + cut + kPlain;
    if (end < text.size()) result += '\n';
    at = end + 1;
  }
  return result;
}

}  // namespace bench_profiler
