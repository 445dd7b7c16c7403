// Ways to end: the profiles are whole, what the program has is kept, and a
// signal ends it.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/profile_view.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

const std::string kBench = PROGRAMS "/ending_bench";
constexpr int64_t kBlocks = 1000;  // that KeepBlocks of the program keeps

ProgramResult RunEnding(const TemporaryFolder& folder,
                        const std::string& ending,
                        const std::vector<std::string>& flags,
                        ProgramOptions options = {}) {
  options.directory = folder.path();
  options.environment.emplace_back("ENDING", ending);
  options.timeout_seconds = 30;
  std::vector<std::string> arguments = {kBench};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  return RunProgram(arguments, options);
}

int64_t BlocksIn(const ProfileView& profile) {
  return profile.Sum("alloc_objects", [](const SampleView& sample) {
    return sample.Has("KeepBlocks");
  });
}

std::string Content(const std::string& fifo) {
  std::string content;
  const int fd = open(fifo.c_str(), O_RDONLY);
  char buffer[4096];
  for (ssize_t size; (size = read(fd, buffer, sizeof(buffer))) > 0;) {
    content.append(buffer, static_cast<size_t>(size));
  }
  close(fd);
  return content;
}

const std::vector<std::string> kBoth = {
    "--cpuprofile=cpu.prof", "--memprofile=mem.prof", "--memprofilerate=1"};

// Of both kinds the CPU profile is written first: when it is there, the other
// one is being written, or waits for a reader.
const std::vector<std::string> kSecondToFifo = {
    "--cpuprofile=cpu.prof", "--memprofile=fifo", "--memprofilerate=1"};

ProgramOptions SignalWhileSecondIsWritten(const TemporaryFolder& folder,
                                          int signal) {
  ProgramOptions options;
  options.signal = signal;
  options.signal_when_exists = folder / "cpu.prof.d/index.json";
  return options;
}

TEST(SignalAfterMain, EndsTheProgramAndLeavesTheProfilesAsTheyAre) {
  const TemporaryFolder folder;
  const ProgramResult result = RunEnding(folder, "sigterm_after_main", kBoth);
  EXPECT_EQ(result.signal, SIGTERM) << result.err;
  const ProfileView heap = ReadProfile(folder / "mem.prof");
  ASSERT_TRUE(heap.valid) << heap.problem << result.err;
  EXPECT_FALSE(heap.HasComment("incomplete"));
  EXPECT_EQ(BlocksIn(heap), kBlocks);
  EXPECT_FALSE(ReadProfile(folder / "cpu.prof").HasComment("incomplete"));
}

TEST(SignalWhileWriting, TheProfilesAreWholeAndThenTheProgramEnds) {
  const TemporaryFolder folder;
  mkfifo((folder / "fifo").c_str(), 0600);
  std::string content;
  std::thread reader([&] {
    while (!FileExists(folder / "cpu.prof.d/index.json")) usleep(5000);
    usleep(300000);  // the signal comes before
    content = Content(folder / "fifo");
  });
  const ProgramResult result =
      RunEnding(folder, "return", kSecondToFifo,
                SignalWhileSecondIsWritten(folder, SIGTERM));
  EXPECT_EQ(result.signal, SIGTERM) << result.err;
  close(open((folder / "fifo").c_str(), O_WRONLY | O_NONBLOCK));
  reader.join();
  std::ofstream(folder / "mem.prof", std::ios::binary) << content;
  const ProfileView heap = ReadProfile(folder / "mem.prof");
  ASSERT_TRUE(heap.valid) << heap.problem << result.err;
  EXPECT_FALSE(heap.HasComment("incomplete"));
  EXPECT_EQ(BlocksIn(heap), kBlocks);
}

TEST(Fifo, ThatNobodyReadsIsLeftAtASignal) {
  const TemporaryFolder folder;
  mkfifo((folder / "fifo").c_str(), 0600);
  const ProgramResult result =
      RunEnding(folder, "return", kSecondToFifo,
                SignalWhileSecondIsWritten(folder, SIGTERM));
  EXPECT_EQ(result.signal, SIGTERM) << result.err;
  EXPECT_NE(result.err.find("fifo: nobody reads it"), std::string::npos)
      << result.err;
  EXPECT_FALSE(ReadProfile(folder / "cpu.prof").HasComment("incomplete"));
}

TEST(Fifo, ThatNobodyReadsIsLeftAtASignalDuringTheRun) {
  const TemporaryFolder folder;
  mkfifo((folder / "fifo").c_str(), 0600);
  const ProgramResult result = RunEnding(folder, "sigterm", kSecondToFifo);
  EXPECT_EQ(result.signal, SIGTERM) << result.err;
  EXPECT_TRUE(ReadProfile(folder / "cpu.prof").HasComment("incomplete"));
}

TEST(SecondSignal, EndsTheProgramAtOnce) {
  const TemporaryFolder folder;
  mkfifo((folder / "fifo").c_str(), 0600);
  ProgramOptions options = SignalWhileSecondIsWritten(folder, SIGINT);
  options.signal_again_after_ms = 200;
  const ProgramResult result =
      RunEnding(folder, "return", kSecondToFifo, options);
  EXPECT_EQ(result.signal, SIGINT) << result.err;
  EXPECT_EQ(result.err.find("fifo: nobody reads it"), std::string::npos)
      << result.err;
}

// As timeout(1) does, which sends its signal to the program and to its group.
TEST(SecondSignal, ThatComesWithTheFirstCountsAsOne) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.signal = SIGTERM;
  options.signal_after_ms = 700;
  options.signal_again_after_ms = 0;
  const ProgramResult result =
      RunEnding(folder, "exit_in_handler", {"--cpuprofile=cpu.prof"}, options);
  EXPECT_EQ(result.signal, SIGTERM) << result.err;
  EXPECT_TRUE(ReadProfile(folder / "cpu.prof").HasComment("incomplete"))
      << result.err;
}

TEST(Benchmem, WithoutAProfileHasNothingToSaveAtASignal) {
  const TemporaryFolder folder;
  EXPECT_EQ(RunEnding(folder, "sigterm", {"--benchmem"}).signal, SIGTERM);
  EXPECT_EQ(RunEnding(folder, "default_handler", {"--benchmem"}).exit_code, 0);
}

TEST(SmallStack, IsEnoughToExit) {
  const TemporaryFolder folder;
  const ProgramResult result = RunEnding(folder, "exit_small_stack", kBoth);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(BlocksIn(ReadProfile(folder / "mem.prof")), kBlocks);
}

TEST(SmallStack, IsEnoughForASignal) {
  const TemporaryFolder folder;
  const ProgramResult result = RunEnding(folder, "sigterm_small_stack", kBoth);
  EXPECT_EQ(result.signal, SIGTERM) << result.err;
  EXPECT_EQ(BlocksIn(ReadProfile(folder / "mem.prof")), kBlocks);
}

// The copy of the program that writes the profiles must do without the
// program's malloc, which another thread may have been in.
TEST(StuckAllocator, IsNotNeededToWriteProfiles) {
  for (const char* ending : {"return", "sigterm", "sigterm_small_stack"}) {
    const TemporaryFolder folder;
    ProgramOptions options;
    options.environment = {{"LD_PRELOAD", PROGRAMS "/libstuck_allocator.so"}};
    const ProgramResult result = RunEnding(folder, ending, kBoth, options);
    EXPECT_NE(result.signal, SIGKILL) << ending << ": " << result.err;
    EXPECT_EQ(BlocksIn(ReadProfile(folder / "mem.prof")), kBlocks) << ending;
  }
}

TEST(CancelledThread, IsNotCancelledWhileProfilesAreWritten) {
  const TemporaryFolder folder;
  const ProgramResult result = RunEnding(folder, "sigterm_cancelled", kBoth);
  EXPECT_EQ(result.signal, SIGTERM) << result.err;
  EXPECT_EQ(BlocksIn(ReadProfile(folder / "mem.prof")), kBlocks);
}

TEST(Daemon, IsTold) {
  const TemporaryFolder folder;
  const ProgramResult result = RunEnding(folder, "daemon", kBoth);
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_NE(result.err.find("daemon()"), std::string::npos) << result.err;
}

TEST(NoMemory, CostsTheProfilesAndNotTheProgram) {
  const TemporaryFolder folder;
  const ProgramResult result = RunEnding(folder, "no_memory", kBoth);
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_NE(result.out.find("not flushed yet"), std::string::npos);
  EXPECT_NE(result.err.find("not written"), std::string::npos) << result.err;
}

TEST(NoFiles, AreRaisedToTheHardLimit) {
  const TemporaryFolder folder;
  const ProgramResult result = RunEnding(folder, "no_files", kBoth);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(BlocksIn(ReadProfile(folder / "mem.prof")), kBlocks);
}

// What a run leaves is removed by the next one, which finds it in index.json.
TEST(UnwritableFile, LeavesNoFilesThatNoIndexNames) {
  const TemporaryFolder folder;
  const std::string in_the_way =
      folder / "cpu.prof.d/BM_Last_iterations_1.prof";
  std::filesystem::create_directories(in_the_way);
  const ProgramResult result =
      RunEnding(folder, "return", {"--cpuprofile=cpu.prof"});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_TRUE(ReadProfile(folder / "cpu.prof").valid);
  EXPECT_FALSE(FileExists(folder / "cpu.prof.d/BM_First_iterations_1.prof"));
  EXPECT_TRUE(FileExists(in_the_way)) << result.err;
}

// --- where no profile may go
// ---------------------------------------------------

TEST(ProgramFile, IsNotReplaced) {
  const TemporaryFolder folder;
  std::filesystem::copy(kBench, folder / "bench");
  std::filesystem::create_symlink("bench", folder / "link");
  const auto size = std::filesystem::file_size(folder / "bench");
  ProgramOptions options;
  options.directory = folder.path();
  for (const char* name : {"bench", "link"}) {
    const ProgramResult result =
        RunProgram({"./bench", std::string("--cpuprofile=") + name}, options);
    EXPECT_EQ(result.exit_code, 1) << result.err;
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(std::filesystem::file_size(folder / "bench"), size);
  }
}

TEST(LibraryOfTheProgram, IsNotReplaced) {
  const TemporaryFolder folder;
  std::filesystem::copy(LIBRARY, folder / "library.so");
  const auto size = std::filesystem::file_size(folder / "library.so");
  ProgramOptions options;
  options.environment = {{"LD_PRELOAD", folder / "library.so"}};
  const ProgramResult result =
      RunEnding(folder, "return", {"--cpuprofile=library.so"}, options);
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(std::filesystem::file_size(folder / "library.so"), size);
}

class OneFileByTwoNames
    : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(OneFileByTwoNames, IsToldBeforeTheFirstBenchmark) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "sub");
  std::filesystem::create_symlink(".", folder / "here");
  std::filesystem::create_symlink("s.prof", folder / "link");
  const ProgramResult result =
      RunEnding(folder, "return",
                {std::string("--cpuprofile=") + GetParam().first,
                 std::string("--memprofile=") + GetParam().second});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_EQ(result.out, "");
  EXPECT_FALSE(FileExists(folder / "s.prof"));
}

INSTANTIATE_TEST_SUITE_P(
    All, OneFileByTwoNames,
    testing::Values(std::pair("s.prof", "s.prof"),
                    std::pair("s.prof", "./s.prof"),
                    std::pair("sub/../s.prof", "s.prof"),
                    std::pair("here/s.prof", "s.prof"),
                    std::pair("link", "s.prof"), std::pair("s.prof", "link"),
                    std::pair("s.prof", "s.prof.d"),
                    std::pair("s.prof.d", "s.prof"),
                    std::pair("s.prof", "s.prof.d/index.json")));

TEST(OneFileByTwoNames, OrdinaryNamesInOneFolderAreTwoFiles) {
  const TemporaryFolder folder;
  const ProgramResult result = RunEnding(
      folder, "return", {"--cpuprofile=sub/p", "--memprofile=sub/p2"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_TRUE(ReadProfile(folder / "sub/p").valid);
  EXPECT_TRUE(ReadProfile(folder / "sub/p2").valid);
}

TEST(PathThatIsAFolder, IsToldBeforeTheFirstBenchmark) {
  for (const char* path : {"new/", "new/.", "new/.."}) {
    const TemporaryFolder folder;
    const ProgramResult result =
        RunEnding(folder, "return", {std::string("--cpuprofile=") + path});
    EXPECT_EQ(result.exit_code, 1) << result.err;
    EXPECT_EQ(result.out, "");
    EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << path;
  }
}

TEST(PathOf60000Folders, IsTooLong) {
  const TemporaryFolder folder;
  std::string path = "--cpuprofile=";
  for (int i = 0; i < 60000; ++i) path += "a/";
  const ProgramResult result = RunEnding(folder, "return", {path + "cpu.prof"});
  EXPECT_EQ(result.exit_code, 1) << result.signal;
  EXPECT_EQ(result.out, "");
  EXPECT_LT(result.err.size(), 1000u);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace bench_profiler
