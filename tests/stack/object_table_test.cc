#include "bench_profiler/stack/object_table.h"

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <link.h>
#include <sys/mman.h>

#include <cstdlib>
#include <thread>

#include "bench_profiler/stack/loaded_object.h"

namespace bench_profiler {
namespace {

uintptr_t AddressOf(const void* pointer) {
  return reinterpret_cast<uintptr_t>(pointer);
}

// Loads the plugin; gives an address in it.
class Plugin {
 public:
  Plugin() : handle_(dlopen(WALKER_STRESS_PLUGIN, RTLD_NOW)) {
    if (handle_ != nullptr) {
      function_ = AddressOf(dlsym(handle_, "WalkerStressPlugin"));
    }
  }
  ~Plugin() { Close(); }
  Plugin(const Plugin&) = delete;
  Plugin& operator=(const Plugin&) = delete;

  void Close() {
    if (handle_ != nullptr) dlclose(handle_);
    handle_ = nullptr;
  }

  uintptr_t function() const { return function_; }

 private:
  void* handle_;
  uintptr_t function_ = 0;
};

bool IsFound(uintptr_t address) {
  UnwindTables tables;
  return FindInObjectTable(address, &tables);
}

TEST(ObjectTable, KnowsWhatTheLoaderKnows) {
  UpdateObjectTable();
  const auto compare = [](dl_phdr_info* info, size_t, void*) {
    for (int i = 0; i < info->dlpi_phnum; ++i) {
      if (info->dlpi_phdr[i].p_type != PT_LOAD) continue;
      const uintptr_t address = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
      UnwindTables ours;
      UnwindTables systems;
      EXPECT_TRUE(FindInObjectTable(address, &ours)) << info->dlpi_name;
      EXPECT_TRUE(FindUnwindTables(address, &systems)) << info->dlpi_name;
      EXPECT_EQ(ours.header, systems.header) << info->dlpi_name;
      EXPECT_EQ(ours.begin, systems.begin) << info->dlpi_name;
    }
    return 0;
  };
  dl_iterate_phdr(compare, nullptr);
  FrameDescription description;
  UnwindTables tables;
  const uintptr_t here = AddressOf(reinterpret_cast<void*>(&IsFound));
  ASSERT_TRUE(FindInObjectTable(here, &tables));
  EXPECT_TRUE(FindFrameDescription(tables, here, &description));
}

TEST(ObjectTable, DoesNotFindWhatIsNoObject) {
  UpdateObjectTable();
  int local = 0;
  EXPECT_FALSE(IsFound(AddressOf(&local)));
  EXPECT_FALSE(IsFound(0));
  EXPECT_FALSE(IsFound(UINTPTR_MAX));
}

TEST(ObjectTable, FollowsLibrariesThatComeAndGo) {
  UpdateObjectTable();
  Plugin plugin;
  ASSERT_NE(plugin.function(), 0u) << dlerror();
  UpdateObjectTable();
  EXPECT_TRUE(IsFound(plugin.function()));
  plugin.Close();
  UpdateObjectTable();
  EXPECT_FALSE(IsFound(plugin.function()));
}

// Nothing of a library that was closed behind our back is read, nor of what is
// mapped in its place.
TEST(ObjectTable, DoesNotFindWhatWasClosedSince) {
  Plugin plugin;
  ASSERT_NE(plugin.function(), 0u) << dlerror();
  UpdateObjectTable();
  UnwindTables tables;
  ASSERT_TRUE(FindInObjectTable(plugin.function(), &tables));
  plugin.Close();
  EXPECT_FALSE(IsFound(plugin.function()));
  const auto size = static_cast<size_t>(tables.end - tables.begin);
  void* const place = const_cast<uint8_t*>(tables.begin);
  void* other =
      mmap(place, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  EXPECT_EQ(other, place);
  EXPECT_FALSE(IsFound(plugin.function()));
  munmap(other, size);
}

// Who reads while the table changes finds what stays.
TEST(ObjectTable, CanBeReadWhileItChanges) {
  UpdateObjectTable();
  std::thread changes([] {
    for (int i = 0; i < 200; ++i) {
      const Plugin plugin;
      UpdateObjectTable();
    }
  });
  const uintptr_t here = AddressOf(reinterpret_cast<void*>(&IsFound));
  const uintptr_t libc = AddressOf(reinterpret_cast<void*>(&std::abort));
  int missed = 0;
  for (int i = 0; i < 20000; ++i) {
    missed += (IsFound(here) ? 0 : 1) + (IsFound(libc) ? 0 : 1);
  }
  changes.join();
  EXPECT_EQ(missed, 0);
}

}  // namespace
}  // namespace bench_profiler
