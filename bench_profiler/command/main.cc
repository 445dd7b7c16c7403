// The command bench_profiler.
#include <cstdio>
#include <exception>
#include <map>
#include <new>
#include <string>
#include <vector>

#include "bench_profiler/command/command_line.h"
#include "bench_profiler/command/commands.h"
#include "bench_profiler/command/count_command.h"
#include "bench_profiler/command/outcome.h"
#include "bench_profiler/command/output.h"
#include "bench_profiler/command/run_command.h"
#include "bench_profiler/command/terminal_text.h"

namespace bench_profiler {
namespace {

// The line says which command it is from, as far as there is one.
int Report(const char* command, const Outcome& outcome) {
  if (!outcome.line.empty()) {
    std::fprintf(stderr, "bench_profiler%s%s: %s\n",
                 *command == '\0' ? "" : " ", command,
                 Printable(outcome.line).c_str());
  }
  return outcome.status;
}

Outcome Help(const std::vector<std::string>& words) {
  if (words.empty()) return WriteStandardOutput(CommandsHelp());
  const Command* const command = FindCommand(words[0]);
  if (command == nullptr) return NoSuchCommand(words[0]);
  return WriteStandardOutput(CommandHelp(*command));
}

int Main(int argc, char** argv) {
  const std::vector<std::string> words(argv + (argc > 1 ? 2 : argc),
                                       argv + argc);
  const std::string name = argc > 1 ? argv[1] : "";
  using Launch = int (*)(int argc, char** argv);
  const std::map<std::string, Launch> launchers = {{"run", RunCommand},
                                                   {"count", CountCommand}};
  const auto launcher = launchers.find(name);
  if (launcher != launchers.end()) return launcher->second(argc - 1, argv + 1);
  if (name == "--help" || name == "-help" || name == "-h" || name == "help") {
    const auto launched = launchers.find(words.empty() ? "" : words[0]);
    if (launched != launchers.end()) {
      char help[] = "--help";
      char* const arguments[] = {argv[0], help, nullptr};
      return launched->second(2, const_cast<char**>(arguments));
    }
    return Report("", Help(words));
  }
  if (name == "--version" || name == "-version" || name == "version") {
    return Report(
        "", WriteStandardOutput("bench_profiler " BENCH_PROFILER_VERSION "\n"));
  }
  if (name.empty()) {
    return Report("", WrongUse("a command is missing; bench_profiler --help "
                               "lists them"));
  }
  const Command* const command = FindCommand(name);
  if (command == nullptr) return Report("", NoSuchCommand(name));
  CommandLine line;
  Outcome parsed = ParseCommandLine(command->options, words, &line);
  if (!parsed.ok()) return Report(command->name, parsed);
  if (line.help) return Report("", WriteStandardOutput(CommandHelp(*command)));
  // What is too large for memory, or for the format that was asked for.
  try {
    return Report(command->name, command->function(*command, line));
  } catch (const std::bad_alloc&) {
    return Report(command->name, Failed("there is no memory for it"));
  } catch (const std::exception& error) {
    return Report(command->name, Failed(error.what()));
  }
}

}  // namespace
}  // namespace bench_profiler

int main(int argc, char** argv) { return bench_profiler::Main(argc, argv); }
