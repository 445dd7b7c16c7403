// The exporter in a linker namespace of its own, as programs have it: threads
// that write profiles leave nothing behind, and a fork may come at any time.
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <link.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "bench_profiler/export/exporter.h"

namespace bench_profiler {
namespace {

long ResidentKib() {
  long pages = 0;
  long resident = 0;
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr) return -1;
  if (std::fscanf(file, "%ld %ld", &pages, &resident) != 2) resident = -1;
  std::fclose(file);
  return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

// A profile of some 2000 addresses of libc.
class ExporterMemoryTest : public testing::Test {
 protected:
  ExporterMemoryTest() {
    void* library = dlmopen(LM_ID_NEWLM, EXPORTER, RTLD_NOW | RTLD_LOCAL);
    EXPECT_NE(library, nullptr) << dlerror();
    write_ = reinterpret_cast<decltype(write_)>(
        dlsym(library, "BenchProfilerWrite"));
    Dl_info info;
    EXPECT_NE(dladdr(reinterpret_cast<void*>(&std::fopen), &info), 0);
    path_ = std::string(1, '\0') + info.dli_fname;
    module_.bias = reinterpret_cast<uintptr_t>(info.dli_fbase);
    module_.start = reinterpret_cast<uintptr_t>(&std::fopen);
    module_.limit = module_.start + 64 * kAddresses;
    module_.path = 1;
    stacks_.resize(1);
    for (uint32_t i = 0; i < kAddresses; ++i) {
      stacks_.push_back({module_.start + 64 * i, i % 20 == 0 ? 0 : i, 0});
      SampleRow row;
      row.stack = i + 1;
      row.values[0] = 1;
      samples_.push_back(row);
    }
    profile_.name = "memory";
    profile_.value_types[0] = {"samples", "count"};
    profile_.num_value_types = 1;
    profile_.samples = {samples_.data(), samples_.size()};
    data_.strings = {path_.data(), path_.size() + 1};
    data_.modules = {&module_, 1};
    data_.stacks = {stacks_.data(), stacks_.size()};
    data_.profiles = {&profile_, 1};
  }

  static bool Take(void* cookie, const char*, size_t size) {
    *static_cast<size_t*>(cookie) += size;
    return true;
  }

  // The size of the profile, 0 if it could not be written.
  size_t Write() const {
    size_t size = 0;
    Error error;
    return write_(&data_, 0, Take, &size, &error) == 0 ? size : 0;
  }

  void WriteInThreads(int number) const {
    std::vector<std::thread> threads;
    for (int i = 0; i < number; ++i) {
      threads.emplace_back([this] { EXPECT_GT(Write(), 0u); });
    }
    for (std::thread& thread : threads) thread.join();
  }

  static constexpr uint32_t kAddresses = 2000;
  decltype(&BenchProfilerWrite) write_ = nullptr;
  std::string path_;
  Module module_;
  std::vector<StackNode> stacks_;
  std::vector<SampleRow> samples_;
  ProfileData profile_;
  RawProfile data_;
};

TEST_F(ExporterMemoryTest, ThreadsThatWriteLeaveNothingBehind) {
  WriteInThreads(4);
  const long before = ResidentKib();
  for (int i = 0; i < 30; ++i) WriteInThreads(4);
  const long grown = ResidentKib() - before;
  RecordProperty("grown_kib", static_cast<int>(grown));
  // With a cache for each thread it would be 10 MB and more.
  EXPECT_LT(grown, 3000);
}

// As a plugin that is closed and opened again, each time at another address.
TEST_F(ExporterMemoryTest, LibrariesThatAreOpenedAgainLeaveNothingBehind) {
  module_.build_id_size = sizeof(module_.build_id);
  EXPECT_GT(Write(), 0u);
  const long before = ResidentKib();
  for (int i = 0; i < 100; ++i) {
    constexpr uint64_t kFurther = uint64_t{1} << 20;
    module_.bias += kFurther;
    module_.start += kFurther;
    module_.limit += kFurther;
    for (StackNode& node : stacks_) node.address += kFurther;
    EXPECT_GT(Write(), 0u);
  }
  const long grown = ResidentKib() - before;
  RecordProperty("grown_kib", static_cast<int>(grown));
  // If all addresses were kept it would be 20 MB.
  EXPECT_LT(grown, 3000);
}

TEST_F(ExporterMemoryTest, AForkMayComeWhileOthersWrite) {
  const size_t size = Write();
  std::atomic<bool> stop{false};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      while (!stop.load()) EXPECT_EQ(Write(), size);
    });
  }
  for (int i = 0; i < 10; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      alarm(60);
      _exit(Write() == size ? 0 : 1);
    }
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  stop.store(true);
  for (std::thread& thread : threads) thread.join();
}

// The child goes on with the profile, and finds what the exporter's allocator
// was doing in other threads.
TEST_F(ExporterMemoryTest, ASinkMayForkWhileOthersWrite) {
  std::atomic<bool> stop{false};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      while (!stop.load()) EXPECT_GT(Write(), 0u);
    });
  }
  const auto fork_once = [](void* cookie, const char*, size_t) {
    auto* child = static_cast<pid_t*>(cookie);
    if (*child < 0) *child = fork();
    if (*child == 0) alarm(20);
    return true;
  };
  for (int i = 0; i < 30; ++i) {
    pid_t child = -1;
    Error error;
    const int failed = write_(&data_, 0, fork_once, &child, &error);
    if (child == 0) _exit(failed);
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  stop.store(true);
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace bench_profiler
