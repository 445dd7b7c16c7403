// Damaged files must not bring the exporter down: it runs inside the user's
// program.
#include <gelf.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/symbolize/debug_file.h"
#include "bench_profiler/symbolize/symbolizer.h"
#include "tests/symbolize/llvm_symbolizer.h"
#include "tests/symbolize/test_program.h"

namespace bench_profiler {
namespace {

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void WriteFile(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// File offsets and sizes of the sections that hold debug information.
std::vector<std::pair<size_t, size_t>> DebugSections(const std::string& path) {
  std::vector<std::pair<size_t, size_t>> sections;
  const ElfFile file(path);
  size_t names = 0;
  elf_getshdrstrndx(file.elf(), &names);
  Elf_Scn* section = nullptr;
  while ((section = elf_nextscn(file.elf(), section)) != nullptr) {
    GElf_Shdr header;
    gelf_getshdr(section, &header);
    const char* name = elf_strptr(file.elf(), names, header.sh_name);
    if (name && std::strncmp(name, ".debug_", 7) == 0 && header.sh_size > 0) {
      sections.emplace_back(header.sh_offset, header.sh_size);
    }
  }
  return sections;
}

class SymbolizerDamageTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    SKIP_IF_TOOL_IS_MISSING(program_, program_.Build(GetParam()));
    original_ = ReadFile(program_.path());
    const auto [start, size] = TextSection(program_.path());
    for (uint64_t offset = 0; offset < size; offset += 17) {
      addresses_.push_back({0, start + offset});
    }
  }

  // Returns how many addresses have frames.
  size_t Resolve(const std::string& bytes) {
    const std::string path = program_.folder() + "/damaged";
    WriteFile(path, bytes);
    Symbolizer symbolizer({{path, ""}});
    symbolizer.Resolve(addresses_);
    size_t known = 0;
    for (const auto& address : addresses_) {
      if (!symbolizer.Frames(address).empty()) ++known;
    }
    return known;
  }

  TestProgram program_;
  std::string original_;
  std::vector<Symbolizer::Address> addresses_;
};

TEST_P(SymbolizerDamageTest, FlippedBytes) {
  const auto sections = DebugSections(program_.path());
  ASSERT_FALSE(sections.empty());
  const size_t known = Resolve(original_);
  ASSERT_GT(known, 0U);
  std::mt19937 random(1);
  for (int variant = 0; variant < 200; ++variant) {
    std::string bytes = original_;
    for (int flip = 0; flip <= variant % 20; ++flip) {
      const auto& [offset, size] = sections[random() % sections.size()];
      bytes[offset + random() % size] = static_cast<char>(random());
    }
    // .symtab is whole, so most of the functions still have their names.
    EXPECT_GE(Resolve(bytes), known / 2) << "variant " << variant;
  }
}

TEST_P(SymbolizerDamageTest, FlippedHeaders) {
  std::mt19937 random(2);
  const size_t section_headers =
      reinterpret_cast<const Elf64_Ehdr*>(original_.data())->e_shoff;
  for (int variant = 0; variant < 200; ++variant) {
    std::string bytes = original_;
    const size_t from = variant % 2 == 0 ? 0 : section_headers;
    const size_t size = variant % 2 == 0 ? 1024 : bytes.size() - from;
    for (int flip = 0; flip <= variant % 5; ++flip) {
      bytes[from + random() % size] = static_cast<char>(random());
    }
    Resolve(bytes);
  }
}

TEST_P(SymbolizerDamageTest, Truncated) {
  for (size_t part = 0; part < 50; ++part) {
    Resolve(original_.substr(0, original_.size() * part / 50));
  }
}

INSTANTIATE_TEST_SUITE_P(Programs, SymbolizerDamageTest,
                         testing::Values("g++ -g -O2 $SRC -o $OUT",
                                         "g++ -gdwarf-4 -O2 -gz $SRC -o $OUT",
                                         "clang++ -g -O2 $SRC -o $OUT"));

}  // namespace
}  // namespace bench_profiler
