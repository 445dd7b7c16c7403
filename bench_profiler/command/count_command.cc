#include "bench_profiler/command/count_command.h"

#include <sys/stat.h>

#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "bench_profiler/collectors/kind.h"
#include "bench_profiler/command/preload_library.h"
#include "bench_profiler/command/program_file.h"
#include "bench_profiler/command/run_command.h"
#include "bench_profiler/command/valgrind.h"
#include "bench_profiler/run/flags.h"

namespace bench_profiler {
namespace {

constexpr char kUsage[] = "bench_profiler count [flags] -- program [arguments]";
constexpr char kKind[] = "instructions";

int Fail(int status, const std::string& line) {
  std::fprintf(stderr, "bench_profiler count: %s\n", line.c_str());
  return status;
}

void PrintHelp() {
  std::printf(
      "Usage: %s\n"
      "\n"
      "Counts the instructions that each benchmark takes, under valgrind: the "
      "same\n"
      "number in each run, if the program does the same, on a machine however "
      "busy.\n"
      "Neither caches nor the kernel are in it: it tells that there is more "
      "work, and\n"
      "where, not how much more time that takes. The times that the program "
      "shows are\n"
      "valgrind's.\n"
      "\n"
      "  -o FILE           the profile of the run, default count.prof; those "
      "of "
      "its\n"
      "                    benchmarks are in FILE.d\n"
      "  --iterations=N    how often the loops of benchmarks run that do not "
      "set that\n"
      "                    themselves, default 10, after a run of one that "
      "warms up\n"
      "  --outputdir=DIR, --profile_report=FILE.html   as with run\n"
      "\n"
      "Programs are run as they are, as by run. One that has neither "
      "benchmarks nor\n"
      "tests is counted as a whole.\n"
      "\n"
      "Examples:\n"
      "  bench_profiler count -- ./bench --benchmark_filter=BM_Parse\n"
      "  bench_profiler top count.prof.d\n"
      "  bench_profiler diff old.prof.d count.prof.d\n"
      "\n"
      "The exit status is the program's; %d if a flag is wrong or valgrind is "
      "missing,\n"
      "%d if the program cannot be run, %d if it was not found.\n",
      kUsage, kLauncherFailed, kCannotRun, kNotFound);
}

// The flags as all programs have them. -o and --iterations are short for these.
std::vector<std::string> WithLongNames(int argc, char** argv) {
  const struct {
    const char* shorter;
    const char* longer;
  } names[] = {{"-o", "--instructionprofile"},
               {"--iterations", "--instructioniterations"}};
  std::vector<std::string> words(argv, argv + argc);
  for (size_t i = 1; i < words.size() && words[i] != "--"; ++i) {
    for (const auto& name : names) {
      const std::string start = words[i].substr(0, words[i].find('='));
      if (start != name.shorter) continue;
      words[i].replace(0, start.size(), name.longer);
    }
  }
  return words;
}

// Returns false, with one line in `error`, if the flags ask for something that
// makes no sense under valgrind.
bool Complete(Options* options, std::string* error) {
  for (size_t i = 0; i < Kinds().size; ++i) {
    const bool counts = std::strcmp(Kinds()[i].name, kKind) == 0;
    if (counts && options->kinds[i].path.empty()) {
      AskForProfile(kKind, "count.prof", options);
    }
    if (counts || options->kinds[i].path.empty()) continue;
    *error = std::string("--") + Kinds()[i].flag +
             " would profile valgrind, too; take it with bench_profiler run";
    return false;
  }
  return MakeOutputFolderAbsolute(options, error);
}

// Where the profile of the whole run will be.
std::string ProfilePath(const Options& options) {
  for (size_t i = 0; i < Kinds().size; ++i) {
    if (std::strcmp(Kinds()[i].name, kKind) != 0) continue;
    const std::string& path = options.kinds[i].path;
    return path[0] == '/' ? path : options.output_dir + "/" + path;
  }
  return "";
}

// Tells whether a file was written meanwhile. It is always a new one.
class FileWatch {
 public:
  explicit FileWatch(std::string path)
      : path_(std::move(path)), before_(Read()) {}
  bool IsWritten() const {
    const struct stat now = Read();
    return now.st_ino != before_.st_ino ||
           now.st_mtim.tv_sec != before_.st_mtim.tv_sec ||
           now.st_mtim.tv_nsec != before_.st_mtim.tv_nsec;
  }

 private:
  struct stat Read() const {
    struct stat status = {};
    stat(path_.c_str(), &status);
    return status;
  }
  std::string path_;
  struct stat before_;
};

int Report(const ValgrindResult& result, const std::string& path,
           bool is_written) {
  const std::string what = is_written
                               ? "; what was counted until then is in " + path
                               : "; nothing was counted";
  if (result.signal != 0) {
    return Fail(128 + result.signal, std::string("the program was ended by ") +
                                         strsignal(result.signal) + what);
  }
  if (!is_written) Fail(0, "nothing was counted");
  return result.status;
}

}  // namespace

int CountCommand(int argc, char** argv) {
  std::vector<std::string> words = WithLongNames(argc, argv);
  std::vector<char*> flags;
  for (std::string& word : words) {
    if (word == "--") break;
    if (word == "--help") {
      PrintHelp();
      return 0;
    }
    flags.push_back(word.data());
  }
  char** const command = argv + flags.size() + 1;
  if (flags.size() == words.size()) {
    return Fail(kLauncherFailed,
                std::string("-- is missing before the program: ") + kUsage);
  }
  int left = static_cast<int>(flags.size());
  flags.push_back(nullptr);
  Options options;
  std::string error;
  if (!ParseFlags(&left, flags.data(), &options, &error)) {
    return Fail(kLauncherFailed, error);
  }
  if (left > 1) {
    return Fail(kLauncherFailed,
                std::string("no such flag: ") + flags[1] +
                    "; the program's own go behind the --: " + kUsage);
  }
  if (command[0] == nullptr) {
    return Fail(kLauncherFailed,
                std::string("no program follows the --: ") + kUsage);
  }
  Valgrind valgrind;
  if (!Complete(&options, &error) ||
      !FindPreloadLibrary(&valgrind.library, &error)) {
    return Fail(kLauncherFailed, error);
  }
  ProgramFile program;
  if (!FindProgram(command[0], &program.path)) {
    return Fail(kNotFound, std::string(command[0]) + ": no such program");
  }
  if (!FindProgram("valgrind", &valgrind.path)) {
    return Fail(kLauncherFailed,
                "valgrind is missing: install the package valgrind");
  }
  if (!CheckPreloadable(&program, &error)) return Fail(kCannotRun, error);
  if (!program.sanitizer.empty()) {
    return Fail(kCannotRun, program.path + " has " + program.sanitizer +
                                ", which does not run under valgrind; build "
                                "it without a sanitizer");
  }
  valgrind.command.assign(command, argv + argc);
  valgrind.command[0] = program.path;
  std::fprintf(stderr,
               "bench_profiler count: the times below are valgrind's; only "
               "instructions are counted\n");
  const std::string path = ProfilePath(options);
  const FileWatch profile(path);
  ValgrindResult result;
  if (!RunValgrind(valgrind, options, &result, &error)) {
    return Fail(kCannotRun, error);
  }
  return Report(result, path, profile.IsWritten());
}

}  // namespace bench_profiler
