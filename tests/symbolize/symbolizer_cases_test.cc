// The symbolizer in special places: clones, assembler, moved sources, files
// that changed, several modules, the vDSO.
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <link.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "bench_profiler/symbolize/debug_file.h"
#include "bench_profiler/symbolize/symbolizer.h"
#include "tests/symbolize/test_program.h"

namespace bench_profiler {
namespace {

std::vector<SourceFrame> ResolveOne(const SymbolModule& module,
                                    uint64_t address) {
  Symbolizer symbolizer({module});
  symbolizer.Resolve({{0, address}});
  return symbolizer.Frames({0, address});
}

TEST(SymbolizerCases, CloneSuffixesGoWithoutDebugInformationToo) {
  TestProgram program;
  SKIP_IF_TOOL_IS_MISSING(program, program.Build("g++ -O2 $SRC -o $OUT"));
  ASSERT_TRUE(
      program.Run("nm $OUT | grep -q 'Clone.*\\.\\(isra\\|constprop\\)'"))
      << "the compiler makes no clone any more: the test shows nothing";
  const auto frames =
      ResolveOne({program.path(), ""}, program.Mark("clone_mark"));
  ASSERT_EQ(frames.size(), 1U);
  EXPECT_EQ(frames[0].system_name, "_ZL5ClonePKii");
  EXPECT_EQ(frames[0].name, "Clone");
}

TEST(SymbolizerCases, AssemblerSymbolWithoutSize) {
  TestProgram program;
  SKIP_IF_TOOL_IS_MISSING(program, program.Build("g++ -g -O2 $SRC -o $OUT"));
  const SymbolModule module{program.path(), ""};
  const auto frames = ResolveOne(module, program.Mark("assembler"));
  ASSERT_EQ(frames.size(), 1U);
  EXPECT_EQ(frames[0].name, "assembler");
}

TEST(SymbolizerCases, PrefixMapStays) {
  TestProgram program;
  SKIP_IF_TOOL_IS_MISSING(
      program,
      program.Build(
          "g++ -g -O2 -ffile-prefix-map=\"$DIR=/src\" $DIR/$SRC -o $OUT"));
  const auto frames =
      ResolveOne({program.path(), ""}, program.Mark("chain_mark"));
  ASSERT_EQ(frames.size(), 4U);
  EXPECT_EQ(frames[0].file, "/src/program.cc");
  EXPECT_EQ(frames[3].file, "/src/program.cc");
}

TEST(SymbolizerCases, RelativeSourceIsInTheFolderOfItsCompilation) {
  for (const char* compiler :
       {"g++", "g++ -gdwarf-4", "g++ -gsplit-dwarf", "clang++",
        "clang++ -gdwarf-4", "clang++ -gsplit-dwarf"}) {
    TestProgram program;
    const std::string build =
        "mkdir src && cp $SRC src && cd src && mkdir in "
        "&& cp $SRC in && " +
        std::string(compiler) + " -g -O2 in/$SRC -o ../$OUT";
    SKIP_IF_TOOL_IS_MISSING(program, program.Build(build));
    const auto frames =
        ResolveOne({program.path(), ""}, program.Mark("chain_mark"));
    ASSERT_EQ(frames.size(), 4U) << compiler;
    const std::string file = program.folder() + "/src/in/program.cc";
    EXPECT_EQ(frames[0].file, file) << compiler;
    EXPECT_EQ(frames[3].file, file) << compiler;
  }
}

TEST(SymbolizerCases, FileMustBeTheOneThatWasLoaded) {
  TestProgram program;
  SKIP_IF_TOOL_IS_MISSING(
      program,
      program.Build("g++ -g -O2 -Wl,--build-id=0xabcdef01 $SRC -o $OUT"));
  const uint64_t address = program.Mark("chain_mark");
  EXPECT_EQ(ResolveOne({program.path(), "\xab\xcd\xef\x01"}, address).size(),
            4U);
  Symbolizer other({{program.path(), "\xab\xcd\xef\x02"}});
  other.Resolve({{0, address}, {0, address + 1}});
  EXPECT_TRUE(other.Frames({0, address}).empty());
  EXPECT_EQ(other.Problem(0).find("no names for functions of " +
                                  program.path() + ": "),
            0U);
  EXPECT_TRUE(ResolveOne({program.path() + " (deleted)", ""}, address).empty());
}

bool MayFollowMappedFiles() {
  for (const auto& link :
       std::filesystem::directory_iterator("/proc/self/map_files")) {
    return ElfFile(link.path()).descriptor() >= 0;
  }
  return false;
}

// A library with and without a build id is loaded here, then gets another name,
// then goes, then another file takes its name.
TEST(SymbolizerCases, FileThatChangesWhileItIsLoaded) {
  for (const char* build_id : {"sha1", "none"}) {
    TestProgram library;
    SKIP_IF_TOOL_IS_MISSING(
        library, library.Build("g++ -g -O2 -fPIC -shared -Wl,--build-id=" +
                               std::string(build_id) + " $SRC -o $OUT"));
    const std::string path = library.path();
    void* loaded = dlopen(path.c_str(), RTLD_NOW);
    ASSERT_NE(loaded, nullptr) << dlerror();
    link_map* map = nullptr;
    ASSERT_EQ(dlinfo(loaded, RTLD_DI_LINKMAP, &map), 0);
    const uint64_t address = library.Mark("chain_mark");
    const SymbolModule module{path, ElfFile(path).BuildId(),
                              map->l_addr + address};
    EXPECT_EQ(ResolveOne(module, address).size(), 4U) << build_id;
    ASSERT_TRUE(library.Run("mv $OUT moved"));
    EXPECT_EQ(ResolveOne(module, address).size(), 4U) << build_id;
    ASSERT_TRUE(library.Run("rm moved"));
    const size_t known = ResolveOne(module, address).size();
    EXPECT_EQ(known, MayFollowMappedFiles() ? 4U : 0U) << build_id;
    ASSERT_TRUE(
        library.Run("echo 'int f() { return 0; }' > other.cc && "
                    "g++ -g -fPIC -shared -Wl,--build-id=" +
                    std::string(build_id) + " other.cc -o $OUT"));
    Symbolizer symbolizer({module});
    symbolizer.Resolve({{0, address}});
    EXPECT_EQ(symbolizer.Frames({0, address}).size(), known);
    EXPECT_EQ(symbolizer.Problem(0).empty(), known != 0);
    dlclose(loaded);
  }
}

TEST(SymbolizerCases, DebugFileByBuildId) {
  TestProgram program;
  SKIP_IF_TOOL_IS_MISSING(
      program,
      program.Build("g++ -g -O2 -Wl,--build-id=0xabcdef01 $SRC -o $OUT"));
  SKIP_IF_TOOL_IS_MISSING(
      program, program.Run("detach && mkdir -p root/.build-id/ab && mv "
                           "program.debug root/.build-id/ab/cdef01.debug"));
  const SymbolModule module{program.path(), ""};
  EXPECT_EQ(ObjectFile(module).dwarf(), nullptr);
  EXPECT_NE(ObjectFile(module, program.folder() + "/root").dwarf(), nullptr);
}

TEST(SymbolizerCases, SeveralModulesAndCalls) {
  TestProgram first;
  TestProgram second;
  SKIP_IF_TOOL_IS_MISSING(first, first.Build("g++ -g -O2 $SRC -o $OUT"));
  SKIP_IF_TOOL_IS_MISSING(second,
                          second.Build("g++ -g -O2 -no-pie $SRC -o $OUT"));
  Symbolizer symbolizer({{first.path(), ""}, {second.path(), ""}});
  const Symbolizer::Address in_first = {0, first.Mark("chain_mark")};
  const Symbolizer::Address in_second = {1, second.Mark("cold_mark")};
  const Symbolizer::Address in_neither = {0, UINT64_MAX};
  const Symbolizer::Address no_module = {UINT32_MAX, 1};
  symbolizer.Resolve({in_first, no_module, in_first});
  EXPECT_EQ(symbolizer.Frames(in_first).size(), 4U);
  EXPECT_TRUE(symbolizer.Frames(in_second).empty());
  symbolizer.Resolve({in_second, in_first, in_neither});
  EXPECT_EQ(symbolizer.Frames(in_first).size(), 4U);
  EXPECT_EQ(symbolizer.Frames(in_second).size(), 1U);
  EXPECT_TRUE(symbolizer.Frames(in_neither).empty());
  EXPECT_TRUE(symbolizer.Frames(no_module).empty());
}

// Against objdump, which knows the stubs of GNU's linker best.
TEST(SymbolizerCases, StubsOfCallsToOtherLibraries) {
  size_t built = 0;
  for (const char* build :
       {"g++ -O2 -Wl,-z,lazy plt.cc -o $OUT && objdump -d $OUT",
        "g++ -O2 -Wl,-z,now plt.cc -o $OUT && objdump -d $OUT",
        "g++ -O2 -fcf-protection -Wl,-z,ibtplt plt.cc -o $OUT && objdump -d "
        "$OUT",
        "g++ -O2 -fuse-ld=lld plt.cc -o $OUT && llvm-objdump -d $OUT",
        "aarch64-linux-gnu-g++ -O2 plt.cc -o $OUT && "
        "aarch64-linux-gnu-objdump -d $OUT",
        // Where stubs have 24 bytes, as they begin with "bti c", objdump 2.44
        // takes them for 16: then some that it names begin in the middle.
        "aarch64-linux-gnu-g++ -O2 -mbranch-protection=standard -Wl,-z,now "
        "plt.cc -o $OUT && aarch64-linux-gnu-objdump -d $OUT > dump && "
        "! grep -A1 '@plt>:' dump | grep -v '@plt>:' | grep -v '^--' | "
        "grep -qvE 'bti|adrp' && cat dump"}) {
    TestProgram program;
    const std::string stubs =
        " | sed -n 's/^0*\\([0-9a-f]*\\) <\\(.*@plt\\)>:$/\\1 \\2/p' >stubs && "
        "test -s stubs";
    std::ofstream(program.folder() + "/plt.cc")
        << "#include <cstdio>\n#include <new>\nint main(int argc, char** argv) "
           "{"
           "std::puts(argv[0]); return operator new(argc) == argv[0]; }\n";
    if (!program.Run("{ " + std::string(build) + "; }" + stubs)) continue;
    ++built;
    std::ifstream lines(program.folder() + "/stubs");
    uint64_t address = 0;
    std::string name;
    std::set<std::string> found;
    while (lines >> std::hex >> address >> name) {
      const auto frames = ResolveOne({program.path(), ""}, address + 4);
      ASSERT_EQ(frames.size(), 1U) << build << " " << name;
      EXPECT_EQ(frames[0].system_name, name) << build;
      found.insert(frames[0].name);
    }
    EXPECT_EQ(found.count("puts@plt"), 1U) << build;
    EXPECT_EQ(found.count("operator new@plt"), 1U) << build;
  }
  if (built == 0) GTEST_SKIP() << "no g++ or objdump";
}

TEST(SymbolizerCases, Vdso) {
  void* vdso = dlopen("linux-vdso.so.1", RTLD_LAZY | RTLD_NOLOAD);
  if (!vdso) GTEST_SKIP() << "no vDSO here";
  link_map* map = nullptr;
  ASSERT_EQ(dlinfo(vdso, RTLD_DI_LINKMAP, &map), 0);
  const auto* function =
      static_cast<const char*>(dlsym(vdso, "__vdso_clock_gettime"));
  if (!function) GTEST_SKIP() << "no __vdso_clock_gettime here";
  const auto address = reinterpret_cast<uint64_t>(function) - map->l_addr;
  for (const char* path : {"linux-vdso.so.1", "[vdso]"}) {
    const auto frames = ResolveOne({path, ""}, address + 1);
    ASSERT_EQ(frames.size(), 1U) << path;
    // It has a plain name, too, which is that of libc's function.
    EXPECT_EQ(frames[0].name, "__vdso_clock_gettime");
  }
  dlclose(vdso);
}

}  // namespace
}  // namespace bench_profiler
