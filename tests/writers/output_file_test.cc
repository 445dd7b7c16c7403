#include "bench_profiler/writers/output_file.h"

#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "tests/support/program.h"

namespace bench_profiler {
namespace {

size_t FilesIn(const std::string& folder) {
  size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    (void)entry;
    ++count;
  }
  return count;
}

TEST(WriteWholeFile, WritesAndReplaces) {
  const TemporaryFolder folder;
  EXPECT_EQ(WriteWholeFile(folder / "a", "one"), "");
  EXPECT_EQ(WriteWholeFile(folder / "a", "two"), "");
  EXPECT_EQ(ReadFile(folder / "a"), "two");
  EXPECT_EQ(FilesIn(folder.path()), 1u);
}

TEST(WriteWholeFile, HasTheModeOfAnyFile) {
  const TemporaryFolder folder;
  const mode_t before = umask(022);
  EXPECT_EQ(WriteWholeFile(folder / "a", "x"), "");
  umask(before);
  struct stat status;
  ASSERT_EQ(stat((folder / "a").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0644u);
}

TEST(WriteWholeFile, FollowsALink) {
  const TemporaryFolder folder;
  EXPECT_EQ(WriteWholeFile(folder / "target", "old"), "");
  std::filesystem::create_symlink(folder / "target", folder / "link");
  EXPECT_EQ(WriteWholeFile(folder / "link", "new"), "");
  EXPECT_EQ(ReadFile(folder / "target"), "new");
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link"));
}

TEST(WriteWholeFile, SaysWhenTheDeviceIsFull) {
  EXPECT_NE(WriteWholeFile("/dev/full", "x"), "");
  EXPECT_EQ(WriteWholeFile("/dev/null", "x"), "");
}

TEST(WriteWholeFile, FullDiskLeavesTheOldFileAndNothingElse) {
  const TemporaryFolder folder;
  if (mount("none", folder.path().c_str(), "tmpfs", 0, "size=64k") != 0) {
    GTEST_SKIP() << "no permission to mount a small file system";
  }
  EXPECT_EQ(WriteWholeFile(folder / "a", "old"), "");
  EXPECT_EQ(WriteWholeFile(folder / "a", std::string(1 << 20, 'x')),
            "No space left on device");
  EXPECT_EQ(ReadFile(folder / "a"), "old");
  EXPECT_EQ(FilesIn(folder.path()), 1u);
  umount(folder.path().c_str());
}

TEST(CheckWritable, MakesMissingFoldersAndLeavesNoFile) {
  const TemporaryFolder folder;
  EXPECT_EQ(CheckWritable(folder / "a/b/cpu.prof"), "");
  EXPECT_TRUE(FileExists(folder / "a/b"));
  EXPECT_EQ(FilesIn(folder / "a/b"), 0u);
}

TEST(CheckWritable, TellsWhatIsWrong) {
  const TemporaryFolder folder;
  EXPECT_NE(CheckWritable(folder.path()).find("is a folder"),
            std::string::npos);
  EXPECT_EQ(WriteWholeFile(folder / "file", "x"), "");
  EXPECT_NE(CheckWritable(folder / "file/cpu.prof").find("is no folder"),
            std::string::npos);
  EXPECT_NE(CheckWritable("/proc/cpu.prof"), "");
}

TEST(CheckWritable, KeepsAnExistingFile) {
  const TemporaryFolder folder;
  EXPECT_EQ(WriteWholeFile(folder / "a", "precious"), "");
  EXPECT_EQ(CheckWritable(folder / "a"), "");
  EXPECT_EQ(ReadFile(folder / "a"), "precious");
}

}  // namespace
}  // namespace bench_profiler
