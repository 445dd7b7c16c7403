#include "bench_profiler/command/valgrind.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "bench_profiler/command/preload_library.h"
#include "bench_profiler/command/run_command.h"
#include "bench_profiler/run/flags.h"

namespace bench_profiler {
namespace {

// A folder for callgrind's files. Its name always has the same length.
class Folder {
 public:
  Folder() {
    const char* parent = std::getenv("TMPDIR");
    path_ = (parent == nullptr || *parent == '\0' ? std::string("/tmp")
                                                  : std::string(parent)) +
            "/bench_profiler.XXXXXX";
    if (mkdtemp(path_.data()) == nullptr) problem_ = errno;
  }
  ~Folder() {
    std::error_code ignored;
    if (problem_ == 0) std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  int problem() const { return problem_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  int problem_ = 0;
};

std::vector<std::string> CommandLine(const Valgrind& valgrind,
                                     const std::string& files) {
  std::vector<std::string> words = {
      valgrind.path,
      "-q",
      "--tool=callgrind",
      // The profiler switches both on (record/instruction_count.h).
      "--instr-atstart=no",
      "--collect-atstart=no",
      // What collectors/instructions/callgrind_dump.h reads.
      "--dump-instr=yes",
      "--dump-line=no",
      "--compress-pos=no",
      "--demangle=no",
      // So many callers tell contexts apart. It costs 25 % more time than none.
      "--separate-callers=16",
      "--separate-recs=1",
      "--callgrind-out-file=" + files + ".%p",
      // A script may become the program, or start it.
      "--trace-children=yes",
      "--child-silent-after-fork=yes",
  };
  words.insert(words.end(), valgrind.command.begin(), valgrind.command.end());
  return words;
}

// How much memory at the end of the stack a program gets for these.
size_t Size(char* const* texts) {
  size_t size = 0;
  for (; *texts != nullptr; ++texts) {
    size += sizeof(*texts) + std::strlen(*texts) + 1;
  }
  return size;
}

// Where the stack begins depends on the size of the environment and of the
// arguments, and how many instructions it takes to copy memory depends on its
// address. So the size is rounded up: else a program would not do the same in a
// folder with a longer name.
void RoundUpEnvironment(char* const* arguments) {
  constexpr char kName[] = "BENCH_PROFILER_PADDING";
  constexpr size_t kStep = 16384;
  setenv(kName, "", 1);
  const size_t size = Size(environ) + Size(arguments);
  setenv(kName, std::string(kStep - size % kStep, 'x').c_str(), 1);
}

// Runs in the child.
void SetEnvironment(const Valgrind& valgrind, const Options& options,
                    const std::string& files, char* const* arguments) {
  CarryOptionsInEnvironment(options);  // for this process, as it will be
  PreloadLibrary(valgrind.library, "");
  setenv("BENCH_PROFILER_COUNT_FILES", files.c_str(), 1);
  // Google Benchmark reads these: each benchmark runs once to warm up and once
  // more, as soon as it has taken any time at all.
  setenv("BENCHMARK_MIN_TIME", "0", /*overwrite=*/0);
  setenv("BENCHMARK_MIN_WARMUP_TIME", "1e-9", /*overwrite=*/0);
  // Else the first call of each function of a library would look for it.
  setenv("LD_BIND_NOW", "1", 1);
  RoundUpEnvironment(arguments);
}

volatile sig_atomic_t child = 0;

// Async-signal-safe.
void PassOn(int signal) {
  const int saved_errno = errno;
  if (child > 0) kill(child, signal);
  errno = saved_errno;
}

// A terminal sends its signals to the program as well, which decides.
void LetProgramDecide() {
  struct sigaction action = {};
  action.sa_flags = SA_RESTART;
  action.sa_handler = SIG_IGN;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGQUIT, &action, nullptr);
  action.sa_handler = PassOn;
  sigaction(SIGTERM, &action, nullptr);
  sigaction(SIGHUP, &action, nullptr);
}

}  // namespace

bool RunValgrind(const Valgrind& valgrind, const Options& options,
                 ValgrindResult* result, std::string* error) {
  const Folder folder;
  if (folder.problem() != 0) {
    *error = folder.path() + ": " + std::strerror(folder.problem());
    return false;
  }
  const std::string files = folder.path() + "/callgrind.out";
  std::vector<std::string> words = CommandLine(valgrind, files);
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const pid_t process = fork();
  if (process == 0) {
    SetEnvironment(valgrind, options, files, argv.data());
    execv(argv[0], argv.data());
    _exit(kCannotRun);
  }
  if (process < 0) {
    *error = std::string("no process for valgrind: ") + std::strerror(errno);
    return false;
  }
  child = process;
  LetProgramDecide();
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  child = 0;
  result->status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  result->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  return true;
}

}  // namespace bench_profiler
