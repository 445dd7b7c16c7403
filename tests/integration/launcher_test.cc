// bench_profiler run, as a user meets it: its lines and statuses, and that the
// program does what it does without.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/profile_view.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

const std::string kPrograms = PROGRAMS;
const std::string kOrdinary = kPrograms + "/ordinary";

ProgramResult Launch(const TemporaryFolder& folder,
                     std::vector<std::string> arguments,
                     ProgramOptions options = {}) {
  options.directory = folder.path();
  arguments.insert(arguments.begin(), LAUNCHER);
  return RunProgram(arguments, options);
}

ProgramResult Profile(const TemporaryFolder& folder,
                      std::vector<std::string> arguments,
                      ProgramOptions options = {}) {
  arguments.insert(arguments.begin(), "run");
  return Launch(folder, arguments, options);
}

void WriteFile(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
  std::filesystem::permissions(path, std::filesystem::perms(0755));
}

// One line, which has `part` in it, and nothing else.
void ExpectRefused(const ProgramResult& result, int exit_code,
                   const std::string& part) {
  EXPECT_EQ(result.exit_code, exit_code) << result.err;
  EXPECT_EQ(result.out, "");
  EXPECT_NE(result.err.find(part), std::string::npos) << result.err;
  EXPECT_EQ(result.err.find('\n'), result.err.size() - 1) << result.err;
}

TEST(LauncherCommand, HelpAndVersion) {
  const TemporaryFolder folder;
  const ProgramResult help = Launch(folder, {"run", "--help"});
  EXPECT_EQ(help.exit_code, 0);
  for (const char* flag : {"--cpuprofile", "--memprofilerate", "--profile_http",
                           "--follow-children"}) {
    EXPECT_NE(help.out.find(flag), std::string::npos) << flag;
  }
  EXPECT_EQ(Launch(folder, {"--help"}).exit_code, 0);
  EXPECT_EQ(Launch(folder, {"--version"}).out.find("bench_profiler "), 0u);
}

TEST(LauncherCommand, MistakesAreOneLine) {
  const TemporaryFolder folder;
  const struct {
    std::vector<std::string> arguments;
    int exit_code;
    const char* line;
  } mistakes[] = {
      {{}, 2, "a command is missing"},
      {{"runn"}, 2, "no such command: runn; did you mean run?"},
      {{"run"}, 125, "-- is missing"},
      {{"run", kOrdinary}, 125, "-- is missing"},
      {{"run", "--cpuprofile=cpu.prof", kOrdinary}, 125, "-- is missing"},
      {{"run", "--"}, 125, "no program follows"},
      {{"run", "--foo", "--", kOrdinary}, 125, "no such flag: --foo"},
      {{"run", "--cpuprofilerate=0", "--", kOrdinary}, 125, "from 1 to 10000"},
      {{"run", "--", "no_such"}, 127, "no_such: no such program in PATH"},
      {{"run", "--", "./no_such"}, 127, "./no_such: no such program"},
      {{"run", "--", "/tmp"}, 126, "/tmp cannot be executed: Is a directory"},
      {{"run", "--", "/dev/null/x"}, 127, "/dev/null/x: no such program"},
      // By the program, before its main.
      {{"run", "--cpuprofile=/proc/x", "--", kOrdinary, "say", "x"},
       1,
       "--cpuprofile: "},
  };
  for (const auto& mistake : mistakes) {
    ExpectRefused(Launch(folder, mistake.arguments), mistake.exit_code,
                  mistake.line);
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

// `change` is written at `offset` of a copy of a good program.
std::string Changed(const TemporaryFolder& folder, size_t offset,
                    const std::string& change) {
  std::string content = ReadFile(kOrdinary);
  content.replace(offset, change.size(), change);
  const std::string path = folder / "changed";
  WriteFile(path, content);
  return path;
}

TEST(LauncherRefusals, ProgramsThatCannotBePreloaded) {
  const TemporaryFolder folder;
  const auto refused = [&](const std::string& program,
                           const std::string& line) {
    ExpectRefused(Profile(folder, {"--", program}), 126, line);
  };
  refused(kPrograms + "/ordinary_static", "is linked statically");
  // The ELF header's class and machine.
  refused(Changed(folder, 4, "\1"), "another architecture");
  refused(Changed(folder, 18, std::string("\xf3\0", 2)),
          "another architecture");
  const std::string loader = "/lib64/ld-linux-x86-64.so.2";
  const size_t at = ReadFile(kOrdinary).find(loader);
  ASSERT_NE(at, std::string::npos);
  std::string musl = "/lib/ld-musl-x86_64.so.1";
  musl.resize(loader.size(), '\0');
  refused(Changed(folder, at, musl), "/lib/ld-musl-x86_64.so.1");
  WriteFile(folder / "truncated", ReadFile(kOrdinary).substr(0, 70));
  refused(folder / "truncated", "is linked statically");
  WriteFile(folder / "text", "hello\n");
  refused(folder / "text", "is neither a program nor a script");
  WriteFile(folder / "script", "#!/no/such/shell\n");
  refused(folder / "script", "/no/such/shell cannot be executed");
  WriteFile(folder / "empty", "");
  refused(folder / "empty", "is neither a program nor a script");
  std::filesystem::permissions(folder / "empty", std::filesystem::perms(0644));
  refused("./empty", "./empty cannot be executed: Permission denied");
}

TEST(LauncherRefusals, PrivilegedPrograms) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root to make them";
  constexpr unsigned kNobody = 65534;
  const TemporaryFolder folder;
  const std::string program = folder / "privileged";
  WriteFile(program, ReadFile(kOrdinary));
  ASSERT_EQ(chown(program.c_str(), kNobody, kNobody), 0);
  ASSERT_EQ(chmod(program.c_str(), 04755), 0);
  ExpectRefused(Profile(folder, {"--", program}), 126, "another user (setuid)");
  ASSERT_EQ(chmod(program.c_str(), 02755), 0);
  ExpectRefused(Profile(folder, {"--", program}), 126,
                "another group (setgid)");
  // Root is root already.
  ASSERT_EQ(chown(program.c_str(), 0, 0), 0);
  ASSERT_EQ(chmod(program.c_str(), 04755), 0);
  EXPECT_EQ(Profile(folder, {"--", program, "return", "5"}).exit_code, 5);

  ASSERT_EQ(chmod(program.c_str(), 0755), 0);
  // CAP_NET_RAW, permitted and effective, in version 2 of the format.
  const uint32_t capabilities[5] = {0x02000001, 1u << 13, 0, 0, 0};
  if (setxattr(program.c_str(), "security.capability", capabilities,
               sizeof(capabilities), 0) != 0) {
    GTEST_SKIP() << "no capabilities of files here";
  }
  ProgramOptions nobody;
  nobody.user = kNobody;
  const ProgramResult result = Profile(folder, {"--", program}, nobody);
  if (result.err.empty()) GTEST_SKIP() << "nobody may not run " << LAUNCHER;
  ExpectRefused(result, 126, "has capabilities of its own");
}

TEST(LauncherHarm, StatusSignalAndOutputAreTheProgramsOwn) {
  for (const std::vector<std::string>& what :
       {std::vector<std::string>{"say", "hello", "return", "42"},
        {"say", "hello", "_exit", "43"},
        {"say", "hello", "wait-for-signals", "0.1"},
        {"say", "hello", "raise", std::to_string(SIGABRT)},
        {"say", "hello", "raise", std::to_string(SIGTERM)},
        {"say", "hello", "raise", std::to_string(SIGKILL)},
        {"say", "--help", "--version", "--cpuprofile=x.prof"}}) {
    const TemporaryFolder folder;
    std::vector<std::string> plain = {kOrdinary};
    plain.insert(plain.end(), what.begin(), what.end());
    std::vector<std::string> launched = {"--"};
    launched.insert(launched.end(), plain.begin(), plain.end());
    ProgramOptions options;
    options.directory = folder.path();
    const ProgramResult expected = RunProgram(plain, options);
    const ProgramResult result = Profile(folder, launched);
    EXPECT_EQ(result.exit_code, expected.exit_code) << what[3];
    EXPECT_EQ(result.signal, expected.signal) << what[3];
    EXPECT_EQ(result.out, expected.out) << what[3];
    EXPECT_FALSE(FileExists(folder / "x.prof"));
  }
}

// A crash of what saves at _exit would leave a core, where those go to the
// current folder.
TEST(LauncherHarm, WithoutAProfileNothingIsSavedAtExit) {
  rlimit limits;
  getrlimit(RLIMIT_CORE, &limits);
  limits.rlim_cur = limits.rlim_max;
  setrlimit(RLIMIT_CORE, &limits);
  const TemporaryFolder folder;
  const ProgramResult result = Profile(
      folder, {"--benchmem", "--", kOrdinary, "say", "hello", "_exit", "43"});
  EXPECT_EQ(result.exit_code, 43) << result.err;
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(LauncherHarm, ASanitizerStaysAtWork) {
  const TemporaryFolder folder;
  const ProgramResult result =
      Profile(folder, {"--memprofile=mem.prof", "--memprofilerate=1", "--",
                       kPrograms + "/ordinary_address", "say", "hello",
                       "allocate", "300", "return", "3"});
  EXPECT_EQ(result.exit_code, 3) << result.err;
  EXPECT_EQ(result.out, "hello\n");
  const ProfileView profile = ReadProfile(folder / "mem.prof");
  EXPECT_EQ(profile.Sum("alloc_objects",
                        [](const SampleView& sample) {
                          return sample.Has("AllocateBlocks");
                        }),
            300)
      << profile.problem << result.err;
}

TEST(LauncherChildren, RunAsAlways) {
  const TemporaryFolder folder;
  const std::string print = kOrdinary + " environment";
  EXPECT_EQ(Profile(folder, {"--", kOrdinary, "shell", print}).out, "0\n");
  EXPECT_EQ(
      Profile(folder, {"--", kOrdinary, "child", kOrdinary, "environment"}).out,
      "");
  EXPECT_EQ(Profile(folder, {"--", kOrdinary, "environment"}).out, "");
}

TEST(LauncherChildren, ThePreloadedLibrariesOfTheUserStay) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.environment = {
      {"LD_PRELOAD", kPrograms + "/libsignal_safe_allocator.so"}};
  const ProgramResult result =
      Profile(folder,
              {"--memprofile=mem.prof", "--memprofilerate=1", "--", kOrdinary,
               "environment", "allocate", "200"},
              options);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out, "LD_PRELOAD=" + options.environment[0].second + "\n");
  EXPECT_EQ(ReadProfile(folder / "mem.prof")
                .Sum("alloc_objects",
                     [](const SampleView& sample) {
                       return sample.Has("AllocateBlocks");
                     }),
            200);
}

// It is profiled by the library that it was linked with: what it asks for by
// pprof.h, too, although the preloaded one has the same functions.
TEST(LauncherPrograms, EnabledOneThatUsesTheApi) {
  const TemporaryFolder folder;
  const ProgramResult result =
      Profile(folder, {"--cpuprofile=cpu.prof", "--memprofile=mem.prof", "--",
                       kPrograms + "/enabled_tool"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  for (const char* file : {"cpu.prof", "tool_cpu.prof"}) {
    const ProfileView profile = ReadProfile(folder / file);
    ASSERT_TRUE(profile.valid) << profile.problem;
    EXPECT_GT(profile.Sum("cpu",
                          [](const SampleView& sample) {
                            return sample.Has("ToolWork");
                          }),
              profile.Sum("cpu") / 3)
        << file;
  }
  const ProfileView heap = ReadProfile(folder / "mem.prof");
  ASSERT_TRUE(heap.valid) << heap.problem;
  EXPECT_GT(heap.Sum("alloc_space"), 0);
}

}  // namespace
}  // namespace bench_profiler
