#include "bench_profiler/command/run_command.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "bench_profiler/command/program_file.h"
#include "bench_profiler/run/flags.h"

namespace bench_profiler {
namespace {

constexpr char kUsage[] = "bench_profiler run [flags] -- program [arguments]";
constexpr char kLibrary[] = "/libbench_profiler_preload.so";

int Fail(int status, const std::string& line) {
  std::fprintf(stderr, "bench_profiler run: %s\n", line.c_str());
  return status;
}

void PrintHelp() {
  std::printf(
      "Usage: %s\n"
      "\n"
      "Runs a program with the profiler preloaded: no rebuild, no relink. "
      "Without a\n"
      "profiling flag it writes cpu.prof, a CPU profile.\n"
      "\n"
      "%s"
      "          [--follow-children]  profile the programs that it starts, "
      "too, "
      "into files\n"
      "                               of their own, cpu-NAME-PID.prof\n"
      "\n"
      "A program that links a shared library of " BENCH_PROFILER_FRAMEWORKS
      ", of\n"
      "the version that bench_profiler was built with, has profiles of each "
      "benchmark\n"
      "and test; others have one of the whole run, labelled as far as stacks "
      "tell. Of\n"
      "a script, its interpreter is profiled.\n"
      "\n"
      "The exit status is the program's; %d if a flag is wrong, %d if the "
      "program cannot\n"
      "be run or profiled, %d if it was not found.\n",
      kUsage, FlagsHelp().c_str(), kLauncherFailed, kCannotRun, kNotFound);
}

// Reads the flags that only this command has, from argv[1] to "--". Returns the
// index of "--". If a flag is unknown or there is no "--", returns 0, with one
// line in `error`.
int ParseOwnFlags(int argc, char** argv, Options* options, std::string* error) {
  for (int i = 1; i < argc; ++i) {
    const char* flag = argv[i];
    if (std::strcmp(flag, "--") == 0) return i;
    if (flag[0] == '-' && flag[1] == '-') ++flag;
    if (std::strcmp(flag, "-follow-children") == 0) {
      options->follow_children = true;
    } else if (flag[0] == '-') {
      *error = std::string("no such flag: ") + argv[i] +
               "; the program's own go behind it: " + kUsage;
      return 0;
    } else {
      break;
    }
  }
  *error = std::string("-- is missing before the program: ") + kUsage;
  return 0;
}

// Adds a CPU profile if the user asked for no profile at all. Makes the output
// folder absolute, since the program may change its current folder.
bool Complete(Options* options, std::string* error) {
  if (!options->Any()) AskForCpuProfile("cpu.prof", options);
  if (options->output_dir[0] == '/') return true;
  char folder[PATH_MAX];
  if (getcwd(folder, sizeof(folder)) == nullptr) {
    *error = std::string("the current folder: ") + std::strerror(errno);
    return false;
  }
  options->output_dir = options->output_dir == "."
                            ? folder
                            : folder + ("/" + options->output_dir);
  return true;
}

// Finds the library to preload. Its folder is known relative to that of this
// program, in the build as well as after an installation.
bool FindLibrary(std::string* path, std::string* error) {
  char self[PATH_MAX];
  const ssize_t size = readlink("/proc/self/exe", self, sizeof(self));
  const std::string program(self, size > 0 ? static_cast<size_t>(size) : 0);
  const std::string folder = program.substr(0, program.find_last_of('/'));
  for (const char* libraries : {BENCH_PROFILER_LIBRARIES, "../lib"}) {
    char resolved[PATH_MAX];
    const std::string candidate = folder + "/" + libraries + kLibrary;
    if (realpath(candidate.c_str(), resolved) == nullptr) continue;
    *path = resolved;
    if (path->find_first_of(" :") == std::string::npos) return true;
    *error = *path +
             " cannot be preloaded: the loader allows for no blank and "
             "no colon in it; install bench_profiler elsewhere";
    return false;
  }
  *error = std::string(kLibrary + 1) + " was not found in " + folder + "/" +
           BENCH_PROFILER_LIBRARIES + "; install bench_profiler again";
  return false;
}

// AddressSanitizer refuses to start if it is not the first library. It cannot
// be made the first one in children, since those are not known yet. So this
// turns the check off; the sanitizer works all the same.
void RelaxAddressSanitizer() {
  const char* value = std::getenv("ASAN_OPTIONS");
  std::string options = value == nullptr ? "" : value;
  if (!options.empty()) options += ":";
  setenv("ASAN_OPTIONS", (options + "verify_asan_link_order=0").c_str(), 1);
}

// Puts the library into LD_PRELOAD, before those of the user. The program gets
// the user's value back from BENCH_PROFILER_LD_PRELOAD.
void SetPreload(const std::string& library, const std::string& sanitizer) {
  const char* value = std::getenv("LD_PRELOAD");
  const std::string users = value == nullptr ? "" : value;
  setenv("BENCH_PROFILER_LD_PRELOAD", users.c_str(), 1);
  std::string all = sanitizer.empty() ? library : sanitizer + ":" + library;
  if (!users.empty()) all += ":" + users;
  setenv("LD_PRELOAD", all.c_str(), 1);
}

}  // namespace

int RunCommand(int argc, char** argv) {
  for (int i = 1; i < argc && std::strcmp(argv[i], "--") != 0; ++i) {
    if (std::strcmp(argv[i], "--help") == 0) {
      PrintHelp();
      return 0;
    }
  }
  Options options;
  std::string error;
  if (!ParseFlags(&argc, argv, &options, &error)) {
    return Fail(kLauncherFailed, error);
  }
  const int separator = ParseOwnFlags(argc, argv, &options, &error);
  if (separator == 0) return Fail(kLauncherFailed, error);
  char** const command = argv + separator + 1;
  if (command[0] == nullptr) {
    return Fail(kLauncherFailed,
                std::string("no program follows the --: ") + kUsage);
  }
  std::string library;
  if (!Complete(&options, &error) || !FindLibrary(&library, &error)) {
    return Fail(kLauncherFailed, error);
  }
  ProgramFile program;
  if (!FindProgram(command[0], &program.path)) {
    return Fail(
        kNotFound,
        std::string(command[0]) + ": no such program" +
            (std::strchr(command[0], '/') == nullptr ? " in PATH" : ""));
  }
  if (!CheckPreloadable(&program, &error)) return Fail(kCannotRun, error);
  CarryOptionsInEnvironment(options);
  SetPreload(library, program.sanitizer);
  if (options.follow_children) RelaxAddressSanitizer();
  execv(program.path.c_str(), command);
  return Fail(kCannotRun, program.path + ": " + std::strerror(errno));
}

}  // namespace bench_profiler
