#include <dlfcn.h>
#include <elf.h>
#include <gtest/gtest.h>
#include <link.h>
#include <sys/resource.h>

#include <cstring>
#include <map>
#include <tuple>

#include "bench_profiler/platform/page_arena.h"
#include "bench_profiler/platform/page_array.h"
#include "bench_profiler/record/module_table.h"
#include "bench_profiler/record/sample_table.h"
#include "bench_profiler/record/stack_table.h"
#include "bench_profiler/record/string_table.h"
#include "integrations/common/phases.h"

namespace bench_profiler {
namespace {

TEST(PageArray, GrowsAndKeepsWhatIsInIt) {
  PageArray<int> array;
  for (int i = 0; i < 100000; ++i) ASSERT_TRUE(array.Append(i));
  for (int i = 0; i < 100000; ++i) {
    ASSERT_EQ(array[static_cast<size_t>(i)], i);
  }
  ASSERT_TRUE(array.Resize(200000));
  EXPECT_EQ(array[199999], 0);
  array.Clear();
  EXPECT_EQ(array.size(), 0u);
}

TEST(PageArray, RefusesWhatTheSystemDoesNotHave) {
  PageArray<int> array;
  ASSERT_TRUE(array.Append(7));
  EXPECT_FALSE(array.Resize(size_t{1} << 50));
  EXPECT_EQ(array.size(), 1u);
  EXPECT_EQ(array[0], 7);
}

TEST(PageArena, HasAReserveForTheTimeWithoutMemory) {
  constexpr size_t kRecord = 1024;
  constexpr size_t kReserve = 256 * 1024;
  for (const size_t before : {0u, 1u, 100u, 255u, 256u, 257u, 1000u}) {
    PageArena arena;
    ASSERT_TRUE(arena.Reserve());
    for (size_t i = 0; i < before; ++i) {
      ASSERT_NE(arena.Allocate(kRecord), nullptr);
    }
    rlimit limit;
    getrlimit(RLIMIT_AS, &limit);
    const rlimit none = {0, limit.rlim_max};
    setrlimit(RLIMIT_AS, &none);
    size_t recorded = 0;
    while (recorded < 10 * kReserve && arena.Allocate(kRecord) != nullptr) {
      recorded += kRecord;
    }
    setrlimit(RLIMIT_AS, &limit);
    // One record's room goes to the chunk's own header.
    EXPECT_GE(recorded, kReserve - kRecord) << before;
    EXPECT_LT(recorded, 2 * kReserve) << before;
    EXPECT_NE(arena.Allocate(kRecord), nullptr) << before;
  }
}

TEST(StackTable, TheSamePathIsTheSameNode) {
  StackTable stacks;
  std::map<std::tuple<uint32_t, uint64_t, uint32_t>, uint32_t> known;
  // Enough for several rehashes; each path is asked for twice.
  for (int round = 0; round < 2; ++round) {
    for (uint64_t address = 1; address < 3000; ++address) {
      uint32_t node = StackTable::kRoot;
      for (uint64_t depth = 0; depth < 3; ++depth) {
        const auto key = std::make_tuple(node, address % (10 * depth + 7), 1u);
        node = stacks.Child(node, std::get<1>(key), 1);
        const auto inserted = known.emplace(key, node);
        ASSERT_EQ(inserted.first->second, node);
        ASSERT_EQ(stacks.nodes()[node].parent, std::get<0>(key));
        ASSERT_EQ(stacks.nodes()[node].address, std::get<1>(key));
      }
    }
  }
  EXPECT_EQ(stacks.nodes().size, known.size() + 1);
  // The same address in another library is another frame.
  EXPECT_NE(stacks.Child(0, 5, 1), stacks.Child(0, 5, 2));
}

TEST(SampleTable, AddsUpEqualRows) {
  SampleTable samples;
  for (int round = 0; round < 3; ++round) {
    for (uint32_t i = 0; i < 5000; ++i) {
      SampleRow row;
      row.stack = i % 100;
      row.run = i / 100;
      row.phase = i % 2 == 0 ? kTimed : kPaused;
      row.thread = static_cast<uint16_t>(i % 3);
      row.values[0] = 1;
      row.values[1] = i;
      ASSERT_TRUE(samples.Add(row));
    }
  }
  EXPECT_EQ(samples.rows().size, 5000u);
  int64_t count = 0;
  for (const SampleRow& row : samples.rows()) {
    ASSERT_EQ(row.values[0], 3);
    ASSERT_EQ(row.values[1], 3 * (row.run * 100 + row.stack));
    count += row.values[0];
  }
  EXPECT_EQ(count, 15000);
}

TEST(StringTable, KeepsStrings) {
  StringTable strings;
  const StringOffset a = strings.Add("a");
  const StringOffset b = strings.Add("bc");
  EXPECT_EQ(strings.Add(""), 0u);
  EXPECT_STREQ(strings.Get(0), "");
  EXPECT_STREQ(strings.Get(a), "a");
  EXPECT_STREQ(strings.Get(b), "bc");
}

TEST(ModuleTable, FindsTheProgramAndItsLibraries) {
  StringTable strings;
  ModuleTable modules(&strings);
  modules.Update();
  const auto path_of = [&](const void* address) -> std::string {
    const uint32_t module = modules.Find(reinterpret_cast<uintptr_t>(address));
    return module == kNoModule ? "" : strings.Get(modules.rows()[module].path);
  };
  // A function of this file, and one of libc that no sanitizer replaces.
  const auto function = +[] { return 1; };
  const void* own = reinterpret_cast<const void*>(function);
  const void* libc = dlsym(RTLD_DEFAULT, "gnu_get_libc_version");
  EXPECT_NE(path_of(own), "");
  EXPECT_NE(path_of(libc).find("libc.so"), std::string::npos);
  EXPECT_EQ(path_of(nullptr), "");
  int local = 0;
  EXPECT_EQ(path_of(&local), "");
  const size_t rows = modules.rows().size;
  modules.Update();
  EXPECT_EQ(modules.rows().size, rows);
}

// An object with a segment of notes that is at `notes`, and a code segment of
// `code_size` bytes that starts where the object is.
Module FirstRowOf(const void* object, ElfW(Addr) notes, size_t code_size) {
  ElfW(Phdr) segments[2] = {};
  segments[0].p_type = PT_LOAD;
  segments[0].p_flags = PF_R | PF_X;
  segments[0].p_memsz = code_size;
  segments[1].p_type = PT_NOTE;
  segments[1].p_vaddr = notes;
  segments[1].p_memsz = sizeof(ElfW(Nhdr)) + 4 + 8;
  dl_phdr_info info = {};
  info.dlpi_addr = reinterpret_cast<ElfW(Addr)>(object);
  info.dlpi_name = "object";
  info.dlpi_phdr = segments;
  info.dlpi_phnum = 2;
  StringTable strings;
  ModuleTable modules(&strings);
  modules.AddObject(info);
  return modules.rows()[0];
}

TEST(ModuleTable, ReadsABuildIdOnlyFromWhatIsLoaded) {
  struct {
    ElfW(Nhdr) header = {4, 8, NT_GNU_BUILD_ID};
    char name[4] = "GNU";
    uint8_t id[8] = {1, 2, 3, 4, 5, 6, 7, 8};
  } note;
  const Module loaded = FirstRowOf(&note, 0, sizeof(note));
  EXPECT_EQ(loaded.build_id_size, 8u);
  EXPECT_EQ(std::memcmp(loaded.build_id, note.id, 8), 0);
  // Only a part of it is loaded, then nothing, as with a linker script that
  // leaves .note out of all segments or notes that somebody has added.
  EXPECT_EQ(FirstRowOf(&note, 0, sizeof(note) - 1).build_id_size, 0u);
  EXPECT_EQ(FirstRowOf(&note, 1u << 20, sizeof(note)).build_id_size, 0u);
  EXPECT_EQ(FirstRowOf(&note, ~ElfW(Addr){0} - 8, 4096).build_id_size, 0u);
}

TEST(ModuleTable, KeepsClosedLibraries) {
  StringTable strings;
  ModuleTable modules(&strings);
  void* library = dlopen("libanl.so.1", RTLD_NOW);
  if (library == nullptr) GTEST_SKIP() << dlerror();
  modules.Update();
  const size_t open_rows = modules.rows().size;
  dlclose(library);
  modules.Update();
  EXPECT_EQ(modules.rows().size, open_rows);
  // Opened again at the same place it is the same row; elsewhere, a new one.
  library = dlopen("libanl.so.1", RTLD_NOW);
  modules.Update();
  EXPECT_LE(modules.rows().size, open_rows + 1);
  dlclose(library);
}

}  // namespace
}  // namespace bench_profiler
