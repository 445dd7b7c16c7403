#include "bench_profiler/report/tab_columns.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "bench_profiler/report/columns.h"

namespace bench_profiler {
namespace {

using Line = std::vector<std::string>;

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  size_t start = 0;
  for (size_t end = text.find(separator); end != std::string_view::npos;
       end = text.find(separator, start)) {
    parts.emplace_back(text.substr(start, end - start));
    start = end + 1;
  }
  parts.emplace_back(text.substr(start));
  return parts;
}

size_t Length(const std::string& text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(),
                    [](unsigned char c) { return (c & 0xC0u) != 0x80u; }));
}

bool HasColumn(const Line& line, size_t column) {
  return column + 1 < line.size();
}

}  // namespace

std::string AlignTabColumns(const std::string& text) {
  std::vector<Line> lines;
  size_t columns = 0;
  for (const std::string& line : Split(text, '\n')) {
    lines.push_back(Split(line, '\t'));
    columns = std::max(columns, lines.back().size());
  }
  for (size_t column = 0; column + 1 < columns; ++column) {
    for (size_t first = 0; first < lines.size(); ++first) {
      size_t end = first;
      size_t width = 0;
      for (; end < lines.size() && HasColumn(lines[end], column); ++end) {
        width = std::max(width, Length(lines[end][column]) + 1);
      }
      for (size_t i = first; i < end; ++i) {
        lines[i][column] = RightAligned(lines[i][column], width);
      }
      first = std::max(first, end);
    }
  }
  std::string result;
  for (const Line& line : lines) {
    for (const std::string& cell : line) result += cell;
    if (&line != &lines.back()) result += '\n';
  }
  return result;
}

}  // namespace bench_profiler
