#include "tests/symbolize/llvm_symbolizer.h"

#include <gelf.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

#include "bench_profiler/profile/demangle.h"
#include "bench_profiler/symbolize/debug_file.h"

namespace bench_profiler {
namespace {

// "/a/b.cc:12:3" -> file and line; "??" means unknown.
void ParsePlace(const std::string& text, SourceFrame* frame) {
  const size_t column = text.rfind(':');
  const size_t line = text.rfind(':', column - 1);
  if (column == std::string::npos || line == std::string::npos) return;
  frame->file =
      std::filesystem::path(text.substr(0, line)).lexically_normal().string();
  if (frame->file == "??") frame->file.clear();
  frame->line = std::atoll(text.c_str() + line + 1);
}

// Per address pairs of lines, name and place, and an empty line at the end.
FrameChains Parse(std::istream& output) {
  FrameChains chains(1);
  std::string name;
  std::string place;
  while (std::getline(output, name)) {
    if (name.empty()) {
      chains.emplace_back();
      continue;
    }
    if (!std::getline(output, place)) break;
    SourceFrame frame;
    if (name != "??") frame.system_name = StripCloneSuffix(name);
    ParsePlace(place, &frame);
    if (!frame.system_name.empty()) chains.back().push_back(frame);
  }
  chains.pop_back();
  return chains;
}

// Without a symbol in the debug information, llvm has the function's own name
// only, and we have "its::class::name(parameters)".
bool IsNameOf(const std::string& own, const std::string& system_name) {
  if (own == system_name) return true;
  if (system_name.compare(0, 2, "_Z") == 0) return false;
  const std::string ours = FullName(system_name);
  const size_t start = ours.rfind(own + '(');
  return start != std::string::npos &&
         (start == 0 || (start >= 2 && ours.compare(start - 2, 2, "::") == 0));
}

bool SameNameAndLine(const SourceFrame& ours, const SourceFrame& oracle) {
  return IsNameOf(oracle.system_name, ours.system_name) &&
         ours.line == oracle.line;
}

bool IsFileSymbol(const SourceFrame& frame) {
  return frame.line == 0 && frame.file.find('/') == std::string::npos;
}

double Ratio(size_t part, size_t whole) {
  return whole == 0 ? 0
                    : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

LlvmResult RunLlvmSymbolizer(const std::string& path,
                             const std::vector<uint64_t>& addresses) {
  LlvmResult result;
  if (std::system("llvm-symbolizer --version >/dev/null 2>&1") != 0) {
    return result;
  }
  char folder[] = "/tmp/llvm_symbolizer_XXXXXX";
  if (!mkdtemp(folder)) return result;
  const std::string input = folder + std::string("/in");
  const std::string output = folder + std::string("/out");
  {
    std::ofstream file(input);
    for (const uint64_t address : addresses) {
      file << std::hex << "0x" << address << '\n';
    }
  }
  const std::string command =
      "llvm-symbolizer --no-demangle --functions=linkage --inlines --obj='" +
      path + "' <" + input + " >" + output;
  const auto start = std::chrono::steady_clock::now();
  result.ran = std::system(command.c_str()) == 0;
  result.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
          .count();
  std::ifstream file(output);
  result.frames = Parse(file);
  result.frames.resize(addresses.size());
  unlink(input.c_str());
  unlink(output.c_str());
  rmdir(folder);
  return result;
}

double Agreement::StrictShare() const { return Ratio(same, frames); }

double Agreement::Share() const {
  return Ratio(same + same_but_file_symbol, frames);
}

Agreement Compare(const FrameChains& ours, const FrameChains& oracle) {
  Agreement agreement;
  for (size_t i = 0; i < oracle.size(); ++i) {
    agreement.frames += oracle[i].size();
    bool differs = ours[i].size() != oracle[i].size();
    auto our_frame = ours[i].rbegin();
    for (auto it = oracle[i].rbegin();
         it != oracle[i].rend() && our_frame != ours[i].rend();
         ++it, ++our_frame) {
      if (!SameNameAndLine(*our_frame, *it)) {
        differs = true;
      } else if (our_frame->file == it->file) {
        ++agreement.same;
      } else if (our_frame->file.empty() && IsFileSymbol(*it)) {
        ++agreement.same_but_file_symbol;
      } else {
        differs = true;
      }
    }
    if (differs) agreement.differing_addresses.push_back(i);
  }
  return agreement;
}

std::string ToString(const std::vector<SourceFrame>& chain) {
  std::string text;
  for (const SourceFrame& frame : chain) {
    if (!text.empty()) text += " <- ";
    text +=
        frame.system_name + " " + frame.file + ":" + std::to_string(frame.line);
  }
  return text;
}

std::pair<uint64_t, uint64_t> TextSection(const std::string& path) {
  const ElfFile file(path);
  size_t names = 0;
  if (!file.elf() || elf_getshdrstrndx(file.elf(), &names) != 0) return {0, 0};
  Elf_Scn* section = nullptr;
  while ((section = elf_nextscn(file.elf(), section)) != nullptr) {
    GElf_Shdr header;
    if (!gelf_getshdr(section, &header)) continue;
    const char* name = elf_strptr(file.elf(), names, header.sh_name);
    if (name && std::strcmp(name, ".text") == 0) {
      return {header.sh_addr, header.sh_size};
    }
  }
  return {0, 0};
}

}  // namespace bench_profiler
