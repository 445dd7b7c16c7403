#include "bench_profiler/formats/output_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
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

TEST(WriteWholeFile, FollowsALinkToWhatIsMissing) {
  const TemporaryFolder folder;
  MakeFolders(folder / "data");
  std::filesystem::create_symlink("data/target", folder / "link");
  EXPECT_EQ(WriteWholeFile(folder / "link", "new"), "");
  EXPECT_EQ(ReadFile(folder / "data/target"), "new");
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link"));
}

TEST(WriteWholeFile, LinksInACircleAreReplaced) {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("b", folder / "a");
  std::filesystem::create_symlink("a", folder / "b");
  EXPECT_EQ(WriteWholeFile(folder / "a", "x"), "");
  EXPECT_EQ(FilesIn(folder.path()), 2u);
}

// In a container every run may have the same process id.
TEST(WriteWholeFile, IsNotStoppedByTheTemporaryFileOfAKilledProcess) {
  const TemporaryFolder folder;
  const std::string stale = folder / "a.tmp" + std::to_string(getpid());
  EXPECT_EQ(WriteWholeFile(folder / "b", ""), "");
  std::filesystem::rename(folder / "b", stale);
  EXPECT_EQ(CheckWritable(folder / "a"), "");
  EXPECT_EQ(WriteWholeFile(folder / "a", "x"), "");
  EXPECT_EQ(FilesIn(folder.path()), 2u);
}

TEST(WriteWholeFile, PutsItselfBehindWhatStandardOutputHas) {
  const TemporaryFolder folder;
  const int before = dup(STDOUT_FILENO);
  const int file = open((folder / "out").c_str(), O_WRONLY | O_CREAT, 0600);
  dup2(file, STDOUT_FILENO);
  const bool said = write(STDOUT_FILENO, "said ", 5) == 5;
  const bool special = IsSpecialFile("/dev/stdout");
  const std::string error = WriteWholeFile("/dev/stdout", "bytes");
  dup2(before, STDOUT_FILENO);
  close(file);
  close(before);
  EXPECT_TRUE(said);
  EXPECT_TRUE(special);
  EXPECT_EQ(error, "");
  EXPECT_EQ(ReadFile(folder / "out"), "said bytes");
}

TEST(WriteWholeFile, PipeThatNobodyReadsIsAnErrorAndNoSignal) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  close(ends[0]);
  EXPECT_EQ(WriteWholeFile("/proc/self/fd/" + std::to_string(ends[1]), "x"),
            "Broken pipe");
  close(ends[1]);
  sigset_t pending;
  sigpending(&pending);
  EXPECT_FALSE(sigismember(&pending, SIGPIPE));
}

TEST(WriteWholeFile, FileSizeLimitIsAnErrorAndNoSignal) {
  const TemporaryFolder folder;
  rlimit before;
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small = {4096, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const std::string error =
      WriteWholeFile(folder / "a", std::string(1 << 20, 'x'));
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_EQ(error, "File too large");
  EXPECT_EQ(FilesIn(folder.path()), 0u);
}

TEST(ReplaceFile, ReplacesALinkAndNotWhatItLeadsTo) {
  const TemporaryFolder folder;
  EXPECT_EQ(WriteWholeFile(folder / "victim", "old"), "");
  std::filesystem::create_symlink("victim", folder / "link");
  EXPECT_EQ(ReplaceFile(folder / "link", "new"), "");
  EXPECT_EQ(ReadFile(folder / "victim"), "old");
  EXPECT_EQ(ReadFile(folder / "link"), "new");
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

TEST(CheckWritable, SaysWhenTheFolderOfTheBenchmarksIsNone) {
  const TemporaryFolder folder;
  EXPECT_EQ(WriteWholeFile(folder / "cpu.prof.d", "x"), "");
  EXPECT_NE(CheckWritable(folder / "cpu.prof").find("cpu.prof.d is no folder"),
            std::string::npos);
}

TEST(CheckWritable, AFileThatIsProtectedIsNotReplaced) {
  const TemporaryFolder folder;
  EXPECT_EQ(WriteWholeFile(folder / "a", "precious"), "");
  std::filesystem::permissions(folder / "a",
                               std::filesystem::perms::owner_read);
  constexpr uid_t kNobody = 65534;
  const uid_t before = geteuid();  // root may write everything
  constexpr auto kSame = static_cast<uid_t>(-1);
  // The real user, too: glibc before 2.33 looks at that one.
  if (before == 0 && setresuid(kNobody, kNobody, kSame) != 0) {
    GTEST_SKIP() << "no permission to become another user";
  }
  const std::string error = CheckWritable(folder / "a");
  if (before == 0) {
    EXPECT_EQ(setresuid(before, before, kSame), 0);
  }
  EXPECT_NE(error.find("cannot be written: Permission denied"),
            std::string::npos)
      << error;
}

TEST(CheckWritable, KeepsAnExistingFile) {
  const TemporaryFolder folder;
  EXPECT_EQ(WriteWholeFile(folder / "a", "precious"), "");
  EXPECT_EQ(CheckWritable(folder / "a"), "");
  EXPECT_EQ(ReadFile(folder / "a"), "precious");
}

}  // namespace
}  // namespace bench_profiler
