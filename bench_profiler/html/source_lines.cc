#include "bench_profiler/html/source_lines.h"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace bench_profiler {
namespace {

constexpr int64_t kAround = 3;

// Compressed it is about a fifth of that.
constexpr size_t kMaxText = size_t{512} << 10;

// Generated code may have lines without end.
constexpr size_t kMaxLine = 240;
constexpr off_t kMaxFile = off_t{16} << 20;

// File -> numbers of lines to show.
using Wanted = std::map<std::string, std::set<int64_t>>;

struct HotLine {
  double share;  // of its profile
  const std::string* file;
  int64_t line;
};

std::vector<HotLine> HottestFirst(const PageData& data) {
  std::vector<HotLine> lines;
  for (const PageBenchmark& benchmark : data.benchmarks) {
    for (const auto& tree : benchmark.profiles) {
      if (!tree || tree->total == 0) continue;
      for (const PageLine& line : tree->lines) {
        lines.push_back(
            {static_cast<double>(line.value) / static_cast<double>(tree->total),
             &data.frames[line.frame].file, line.line});
      }
    }
  }
  std::stable_sort(
      lines.begin(), lines.end(),
      [](const HotLine& a, const HotLine& b) { return a.share > b.share; });
  return lines;
}

bool IsReadable(const std::string& path) {
  struct stat status;
  return LooksLikeSource(path) && stat(path.c_str(), &status) == 0 &&
         S_ISREG(status.st_mode) && status.st_size <= kMaxFile;
}

// Not in the middle of a character: UTF-8's further bytes are 10xxxxxx.
void Cut(std::string* text, size_t size) {
  if (text->size() <= size) return;
  while (size > 0 &&
         (static_cast<unsigned char>((*text)[size]) & 0xc0) == 0x80) {
    --size;
  }
  text->resize(size);
}

// Returns the wanted lines that the file has, in runs.
std::map<int64_t, std::vector<std::string>> ReadLines(
    const std::string& path, const std::set<int64_t>& wanted) {
  std::map<int64_t, std::vector<std::string>> runs;
  std::ifstream file(path);
  std::string text;
  std::vector<std::string>* run = nullptr;
  int64_t number = 0;
  for (const int64_t line : wanted) {
    const bool goes_on = run != nullptr && line == number + 1;
    while (number < line && std::getline(file, text)) ++number;
    if (number < line) break;
    if (!text.empty() && text.back() == '\r') text.pop_back();
    Cut(&text, kMaxLine);
    if (!goes_on) run = &runs[line];
    run->push_back(text);
  }
  return runs;
}

}  // namespace

bool LooksLikeSource(const std::string& path) {
  const std::string name = path.substr(path.find_last_of('/') + 1);
  const size_t dot = name.find_last_of('.');
  if (dot == std::string::npos) {
    return path.find("/c++/") != std::string::npos ||
           path.find("/Eigen/") != std::string::npos;
  }
  static const std::set<std::string> endings = {
      ".c",   ".cc",  ".cpp", ".cxx", ".c++", ".cu",  ".h",   ".hh", ".hpp",
      ".hxx", ".h++", ".inc", ".inl", ".ipp", ".tcc", ".tpp", ".ii", ".S",
      ".s",   ".asm", ".def", ".rs",  ".go",  ".py",  ".y",   ".l",  ".m",
      ".mm",  ".d",   ".zig", ".f",   ".f90", ".java"};
  return endings.count(name.substr(dot)) > 0;
}

decltype(PageData::sources) HotSources(const PageData& data) {
  constexpr size_t kTypicalLine = 40;
  Wanted wanted;
  size_t size = 0;
  std::map<std::string, bool> is_readable;
  for (const HotLine& line : HottestFirst(data)) {
    if (size > kMaxText) break;
    const auto [known, is_new] = is_readable.emplace(*line.file, false);
    if (is_new) known->second = IsReadable(*line.file);
    if (!known->second) continue;
    std::set<int64_t>& lines = wanted[*line.file];
    const size_t before = lines.size();
    for (int64_t k = std::max<int64_t>(1, line.line - kAround);
         k <= line.line + kAround; ++k) {
      lines.insert(k);
    }
    size += (lines.size() - before) * kTypicalLine;
  }
  decltype(PageData::sources) sources;
  for (const auto& [file, lines] : wanted) {
    auto runs = ReadLines(file, lines);
    if (!runs.empty()) sources.emplace(file, std::move(runs));
  }
  return sources;
}

}  // namespace bench_profiler
