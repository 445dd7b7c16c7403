#include "bench_profiler/command/run_command.h"

#include <errno.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "bench_profiler/command/preload_library.h"
#include "bench_profiler/command/program_file.h"
#include "bench_profiler/run/flags.h"

namespace bench_profiler {
namespace {

constexpr char kUsage[] = "bench_profiler run [flags] -- program [arguments]";

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

// AddressSanitizer refuses to start if it is not the first library. It cannot
// be made the first one in children, since those are not known yet. So this
// turns the check off; the sanitizer works all the same.
void RelaxAddressSanitizer() {
  const char* value = std::getenv("ASAN_OPTIONS");
  std::string options = value == nullptr ? "" : value;
  if (!options.empty()) options += ":";
  setenv("ASAN_OPTIONS", (options + "verify_asan_link_order=0").c_str(), 1);
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
  if (!options.Any()) AskForProfile("cpu", "cpu.prof", &options);
  if (!MakeOutputFolderAbsolute(&options, &error) ||
      !FindPreloadLibrary(&library, &error)) {
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
  PreloadLibrary(library, program.sanitizer);
  if (options.follow_children) RelaxAddressSanitizer();
  execv(program.path.c_str(), command);
  return Fail(kCannotRun, program.path + ": " + std::strerror(errno));
}

}  // namespace bench_profiler
