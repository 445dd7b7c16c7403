// A command line tool that profiles itself: an index of the words of a text,
// and the most frequent of them.
//
//   tool [-cpuprofile=FILE] [-memprofile=FILE] [-words=NUMBER]
//
// What Go's runtime/pprof is for such a tool, bench_profiler/pprof.h is here.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "../text_suite/text.h"
#include "bench_profiler/pprof.h"

namespace {

namespace pprof = bench_profiler::pprof;

// Where each word stands in the text, in order.
using Index = std::unordered_map<std::string, std::vector<uint32_t>>;

Index BuildIndex(std::string_view text) {
  Index index;
  uint32_t position = 0;
  for (const std::string_view word : text_suite::SplitWords(text)) {
    index[std::string(word)].push_back(position++);
  }
  return index;
}

// "count word", the most frequent one first.
std::vector<std::string> MostFrequent(const Index& index, size_t limit) {
  std::vector<std::pair<size_t, std::string>> counts;
  for (const auto& [word, positions] : index) {
    counts.emplace_back(positions.size(), word);
  }
  std::sort(counts.rbegin(), counts.rend());
  counts.resize(std::min(limit, counts.size()));
  std::vector<std::string> lines;
  for (const auto& [count, word] : counts) {
    lines.push_back(std::to_string(count) + " " + word);
  }
  return lines;
}

struct Flags {
  std::string cpuprofile;
  std::string memprofile;
  std::string words = "3000000";
};

bool ParseFlags(int argc, char** argv, Flags* flags) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    bool known = false;
    for (const auto& [name, value] : {std::pair<std::string_view, std::string*>{
                                          "-cpuprofile=", &flags->cpuprofile},
                                      {"-memprofile=", &flags->memprofile},
                                      {"-words=", &flags->words}}) {
      if (argument.substr(0, name.size()) != name) continue;
      *value = argument.substr(name.size());
      known = true;
    }
    if (!known) return false;
  }
  return true;
}

// Whether all went well.
bool Check(const pprof::Error& error) {
  if (error) std::fprintf(stderr, "tool: %s\n", error.message());
  return !error;
}

}  // namespace

int main(int argc, char** argv) {
  Flags flags;
  if (!ParseFlags(argc, argv, &flags)) {
    std::fprintf(stderr,
                 "usage: tool [-cpuprofile=FILE] [-memprofile=FILE] "
                 "[-words=NUMBER]\n");
    return 2;
  }
  if (!flags.cpuprofile.empty() &&
      !Check(pprof::StartCpuProfile(flags.cpuprofile))) {
    return 1;
  }

  const size_t count = std::strtoul(flags.words.c_str(), nullptr, 10);
  const Index index =
      BuildIndex(text_suite::Join(text_suite::MakeWords(count, 1)));
  for (const std::string& line : MostFrequent(index, 5)) {
    std::printf("%s\n", line.c_str());
  }

  bool good = true;
  if (!flags.cpuprofile.empty()) good = Check(pprof::StopCpuProfile());
  // What is in use now: the index.
  if (!flags.memprofile.empty()) {
    good = Check(pprof::WriteHeapProfile(flags.memprofile)) && good;
  }
  return good ? 0 : 1;
}
