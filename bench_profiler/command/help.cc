#include <cctype>
#include <cstddef>
#include <cstring>
#include <string>

#include "bench_profiler/command/commands.h"
#include "bench_profiler/command/option_table.h"

namespace bench_profiler {
namespace {

constexpr size_t kColumn = 28;  // where the help of options begins

std::string Padded(std::string text, size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

// "--focus=REGEX"; names as users type them.
std::string Spelling(const OptionRow& row) {
  std::string text = std::strlen(row.name) == 1 ? "-" : "--";
  text += row.name;
  if (!IsSwitch(row)) {
    text += (std::strlen(row.name) == 1 ? " " : "=");
    text += row.placeholder;
  }
  return text;
}

std::string OptionsHelp(unsigned groups) {
  std::string text;
  for (const OptionRow& row : AllOptions()) {
    if ((row.group & groups) == 0) continue;
    text += "  " + Padded(Spelling(row), kColumn) + " " + row.help + "\n";
  }
  return text;
}

// A sentence.
std::string Sentence(std::string text) {
  text[0] =
      static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text + ".\n";
}

std::string Indented(const char* lines) {
  std::string text = "  ";
  for (const char* at = lines; *at != '\0'; ++at) {
    text += *at;
    if (*at == '\n' && at[1] != '\0') text += "  ";
  }
  return text;
}

}  // namespace

std::string CommandsHelp() {
  std::string text =
      "Profiles of programs: taking them, and looking at them.\n"
      "\n"
      "Usage: bench_profiler COMMAND [options] [arguments]\n"
      "\n";
  for (const Command& command : AllCommands()) {
    text += "  " + Padded(command.name, 12) + command.help + "\n";
  }
  text +=
      "\n"
      "A FILE is a profile as pprof reads it, plain or compressed; \"-\", "
      "standard input;\n"
      "a folder FILE.d with the profiles of benchmarks; or an address, "
      "localhost:8080.\n"
      "Options have pprof's names.\n"
      "\n"
      "  bench_profiler help COMMAND   options and examples\n"
      "  bench_profiler --version\n";
  return text;
}

std::string CommandHelp(const Command& command) {
  std::string text = std::string("Usage: bench_profiler ") + command.name +
                     (command.options == 0 ? " " : " [options] ") +
                     command.arguments + "\n\n" + Sentence(command.help) +
                     command.details;
  const std::string options = OptionsHelp(command.options);
  if (!options.empty()) text += "\nOptions:\n" + options;
  return text + "\nExamples:\n" + Indented(command.examples);
}

}  // namespace bench_profiler
