// The table of commands: main, help, completion and the shell follow from it.
//
//   const Command* command = FindCommand("top");
//   Outcome outcome = command->function(*command, line);
#ifndef BENCH_PROFILER_COMMAND_COMMANDS_H_
#define BENCH_PROFILER_COMMAND_COMMANDS_H_

#include <string_view>
#include <vector>

#include "bench_profiler/command/command_line.h"
#include "bench_profiler/command/outcome.h"

namespace bench_profiler {

struct Command {
  const char* name;
  const char* arguments;  // "REGEX FILE..."
  const char* help;       // one line
  const char* details;    // more lines, "" if that is all
  const char* examples;   // one a line
  unsigned options;       // groups of option_table.h
  // nullptr: `run`, which reads its words itself.
  Outcome (*function)(const Command& command, const CommandLine& line);
};

const std::vector<Command>& AllCommands();

// Returns nullptr if there is none.
const Command* FindCommand(std::string_view name);

// "no such command: tpo; did you mean top?"
Outcome NoSuchCommand(const std::string& name);

// What `bench_profiler --help` prints, and `bench_profiler help top`.
std::string CommandsHelp();
std::string CommandHelp(const Command& command);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_COMMANDS_H_
