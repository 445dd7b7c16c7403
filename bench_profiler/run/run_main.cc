#include <errno.h>
#include <unistd.h>

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "bench_profiler/interpose/daemon_hook.h"
#include "bench_profiler/platform/callgrind.h"
#include "bench_profiler/program.h"
#include "bench_profiler/run/flags.h"
#include "bench_profiler/run/session.h"

// Where profiling of an enabled program starts.
namespace bench_profiler {
namespace {

std::string CommandLine(int argc, char** argv) {
  std::string line;
  for (int i = 0; i < argc; ++i)
    line += std::string(i == 0 ? "" : " ") + argv[i];
  return line;
}

// Returns whether `argument` sets `flag`, with or without a value.
bool SetsFlag(const char* argument, const char* flag) {
  const size_t size = std::strlen(flag);
  if (std::strncmp(argument, flag, size) != 0) return false;
  if (argument[size] == '\0') return true;
  return argument[size] == '=' &&
         std::strchr("0fFnN", argument[size + 1]) == nullptr;
}

// Returns whether the program will only print something, so that a profile
// would be of no use.
bool OnlyPrints(const Program& program, int argc, char** argv) {
  for (int i = 1; i < argc && std::strcmp(argv[i], "--") != 0; ++i) {
    for (const char* flag : {"--help", "--version"}) {
      if (std::strcmp(argv[i], flag) == 0) return true;
    }
    for (const char* flag : program.list_flags) {
      if (SetsFlag(argv[i], flag)) return true;
    }
  }
  return false;
}

void PrintHelp() { std::fputs(FlagsHelp().c_str(), stdout); }

bool WantsHelp(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--help") == 0) return true;
  }
  return false;
}

// A suffix that tells the files of this process from those of others that write
// into the same folder.
std::string FileSuffix(const Program& program, const Options& options) {
  std::string suffix;
  if (options.is_child) {
    suffix = std::string("-") + program_invocation_short_name + "-" +
             std::to_string(getpid());
    for (char& c : suffix) {
      if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '.') c = '-';
    }
  }
  if (program.shards > 1) {
    suffix += "-shard-" + std::to_string(program.shard) + "-of-" +
              std::to_string(program.shards);
  }
  return suffix;
}

void SayThatNothingIsWritten() {
  if (!Profiling()) return;
  Say("daemon() continues the program in a child, which is not profiled: run "
      "it in the foreground, else no profile is written");
}

}  // namespace

// The linker exports from a program what its libraries refer to.
bool IsEnabledProgram() { return &bench_profiler_enabled_program != nullptr; }

bool IsPreloaded() { return &bench_profiler_preloaded_library != nullptr; }

int RunMain(int argc, char** argv, char** environment, const Program& program) {
  const std::string command_line = CommandLine(argc, argv);
  Options options;
  std::string error;
  int no_arguments = 1;
  if (!ParseFlags(program.is_preloaded ? &no_arguments : &argc, argv, &options,
                  &error)) {
    Say(error);
    return 1;
  }
  options.file_suffix = FileSuffix(program, options);
  if (options.repeat_until > 0 && !program.can_repeat && !options.quiet) {
    Say(std::string("--profile_repeat_until repeats tests, and none can be "
                    "seen in this program") +
        (*program.instead_of_repeats == '\0' ? "" : "; ") +
        program.instead_of_repeats);
  }
  // A program that only starts valgrind, such as its wrapper script, which has
  // our number and hands everything on.
  if (program.is_preloaded &&
      std::getenv("BENCH_PROFILER_COUNT_FILES") != nullptr &&
      !RunsUnderValgrind()) {
    return program.main(argc, argv, environment);
  }
  if (!program.is_preloaded && WantsHelp(argc, argv)) std::atexit(PrintHelp);
  if (options.Any() && !OnlyPrints(program, argc, argv) &&
      !StartSession(options, program, command_line, &error)) {
    Say(error);
    if (!options.is_child) return 1;
  }
  SetDaemonHandler(SayThatNothingIsWritten);
  const int status = program.main(argc, argv, environment);
  const bool complete = FinishSession();
  return status == 0 && !complete ? 1 : status;
}

}  // namespace bench_profiler
