// What go tool pprof makes of names: it has a demangler of its own.
#include <gtest/gtest.h>
#include <link.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/formats/pprof.h"
#include "bench_profiler/profile/demangle.h"
#include "bench_profiler/profile/profile.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

using Names = std::vector<std::pair<std::string, std::string>>;

// The names that pprof shows of functions with these names and system names;
// empty if there is no pprof.
std::vector<std::string> Shown(const Names& names,
                               const std::vector<std::string>& flags) {
  auto code = std::make_shared<Code>();
  Mapping mapping;
  mapping.start = 0x1000;
  mapping.limit = 0x100000000;
  mapping.path = "/no/such/program";
  mapping.quality.has_functions = true;
  code->mappings.push_back(mapping);
  code->frames.emplace_back();
  Profile profile;
  profile.value_types = {{"samples", "count"}};
  profile.period_type = {"cpu", "nanoseconds"};
  profile.period = 1;
  for (const auto& [name, system_name] : names) {
    const auto number = static_cast<uint32_t>(code->functions.size());
    code->functions.push_back({name, system_name, "a.cc", 0});
    Location location;
    location.address = 0x1000 + number;
    location.mapping = 0;
    location.lines.push_back({number, 1});
    code->locations.push_back(location);
    code->frames.push_back({number, 0});
    Sample sample;
    sample.frame = number + 1;
    sample.values[0] = 1;
    profile.samples.push_back(sample);
  }
  profile.label_sets.emplace_back();
  profile.code = code;
  const TemporaryFolder folder;
  std::ofstream(folder / "profile", std::ios::binary) << ToPprof(profile);
  std::vector<std::string> command = {"go", "tool", "pprof", "-raw"};
  command.insert(command.end(), flags.begin(), flags.end());
  command.push_back(folder / "profile");
  const ProgramResult raw = RunProgram(command);
  std::vector<std::string> shown;
  if (raw.exit_code == 127) return shown;
  // "     1: 0x1000 M=1 foo a.cc:1 s=0"
  std::istringstream lines(raw.out);
  for (std::string line; std::getline(lines, line);) {
    const size_t start = line.find(" M=1 ");
    const size_t end = line.rfind(" a.cc:1");
    if (start == std::string::npos || end == std::string::npos) continue;
    shown.push_back(line.substr(start + 5, end - start - 5));
  }
  EXPECT_EQ(shown.size(), names.size()) << raw.err;
  return shown;
}

// C++ symbols of this program and of the libraries that it has loaded. Not the
// guards of static variables (_ZGV), which are no functions.
std::set<std::string> Symbols() {
  std::vector<std::string> files;
  dl_iterate_phdr(
      [](dl_phdr_info* info, size_t, void* list) {
        if (info->dlpi_name[0] == '/') {
          static_cast<std::vector<std::string>*>(list)->push_back(
              info->dlpi_name);
        }
        return 0;
      },
      &files);
  std::string text =
      RunProgram({"nm", "/proc/" + std::to_string(getpid()) + "/exe"}).out;
  for (const std::string& file : files) {
    text += RunProgram({"nm", "-D", "--defined-only", file}).out;
  }
  std::set<std::string> symbols;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    word = word.substr(0, word.find('@'));
    if (word.compare(0, 2, "_Z") == 0 && word.compare(0, 4, "_ZGV") != 0) {
      symbols.insert(word);
    }
  }
  return symbols;
}

TEST(NamesInPprof, ShortNamesAreThoseThatPprofMakes) {
  Names names;
  for (const std::string& symbol : Symbols()) names.push_back({symbol, symbol});
  const std::vector<std::string> shown = Shown(names, {});
  if (shown.empty()) GTEST_SKIP() << "no go tool pprof, or no nm";
  ASSERT_EQ(shown.size(), names.size());
  size_t compared = 0;
  std::string different;
  size_t differ = 0;
  for (size_t i = 0; i < names.size(); ++i) {
    const std::string ours = ShortName(names[i].second);
    // One of them cannot read it: the demangler of libstdc++ refuses symbols of
    // more than 1,024 characters, and pprof's those that are newer than it.
    if (ours == names[i].second || shown[i] == names[i].second) continue;
    ++compared;
    if (ours == shown[i]) continue;
    if (++differ <= 10) {
      different += names[i].second + "\n  ours  " + ours + "\n  pprof " +
                   shown[i] + "\n";
    }
  }
  std::printf("%zu of %zu names are those of pprof\n%s", compared - differ,
              compared, different.c_str());
  EXPECT_GT(compared, 3000u);
  // Inheriting constructors, of which g++ 14 makes one in 75 symbols, and where
  // libstdc++ reads a symbol in another way.
  EXPECT_LE(differ, compared / 50);
}

TEST(NamesInPprof, FullNamesAreThere) {
  struct Row {
    const char* name;
    const char* system_name;
    const char* with_templates;
    const char* in_full;
  };
  const Row rows[] = {
      {"foo", "_Z3fooIiEvT_", "foo<int>", "void foo<int>(int)"},
      {"(anonymous namespace)::Add", "_ZN12_GLOBAL__N_13AddEii",
       "(anonymous namespace)::Add", "(anonymous namespace)::Add(int, int)"},
      {"A::operator()", "_ZN1AIiEclEi", "A<int>::operator()",
       "A<int>::operator()(int)"},
      // Without a symbol, names are guessed to be declarations.
      {"(anonymous namespace)::Tree::Add", "{anonymous}::Tree<int>::Add(int)",
       "{anonymous}::Tree<int>::Add", "{anonymous}::Tree<int>::Add(int)"},
      {"A::operator<", "A<int>::operator<(A<int> const&)", "A<int>::operator<",
       "A<int>::operator<(A<int> const&)"},
      {"main", "main", "main", "main"},
      {"operator()", "operator()", "operator()", "operator()"},
  };
  Names names;
  for (const Row& row : rows) names.push_back({row.name, row.system_name});
  const std::vector<std::string> by_default = Shown(names, {});
  if (by_default.empty()) GTEST_SKIP() << "no go tool pprof";
  const auto with_templates =
      Shown(names, {"-symbolize=remote:demangle=templates"});
  const auto in_full = Shown(names, {"-symbolize=remote:demangle=full"});
  ASSERT_EQ(with_templates.size(), names.size());
  ASSERT_EQ(in_full.size(), names.size());
  for (size_t i = 0; i < names.size(); ++i) {
    EXPECT_EQ(by_default[i], rows[i].name);
    EXPECT_EQ(with_templates[i], rows[i].with_templates);
    EXPECT_EQ(in_full[i], rows[i].in_full);
  }
}

}  // namespace
}  // namespace bench_profiler
