#include "bench_profiler/formats/file_names.h"

#include <cstdint>
#include <cstdio>

namespace bench_profiler {
namespace {

constexpr size_t kMaxStem = 200;  // NAME_MAX is 255, and a suffix follows

std::string HashSuffix(const std::string& name) {
  uint32_t hash = 2166136261u;
  for (const char c : name) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  }
  char suffix[16];
  std::snprintf(suffix, sizeof(suffix), "-%08x", hash);
  return suffix;
}

bool IsPlain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

}  // namespace

std::string FileNames::Add(const std::string& benchmark) {
  std::string stem;
  for (const char c : benchmark) stem += IsPlain(c) ? c : '_';
  if (stem.empty() || stem[0] == '.') stem = "_" + stem;
  if (stem.size() > kMaxStem) {
    stem = stem.substr(0, kMaxStem) + HashSuffix(benchmark);
  } else if (taken_.count(stem) != 0) {
    stem += HashSuffix(benchmark);
  }
  // If even the hashes of two names are equal, a number is added.
  std::string unique = stem;
  for (int i = 2; !taken_.insert(unique).second; ++i) {
    unique = stem + "-" + std::to_string(i);
  }
  return unique + ".prof";
}

}  // namespace bench_profiler
