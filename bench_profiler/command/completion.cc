#include "bench_profiler/command/completion.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "bench_profiler/command/option_table.h"
#include "bench_profiler/command/output.h"
#include "bench_profiler/run/flags.h"

namespace bench_profiler {
namespace {

std::string Dashed(const OptionRow& row) {
  const std::string name = row.name;
  return (name.size() == 1 ? "-" : "--") + name;
}

// The flags of `run`, as its help lists them: "[--cpuprofile=<file>]".
std::string RunWords() {
  std::string words = "--follow-children ";
  const std::string help = FlagsHelp();
  for (size_t at = help.find("[--"); at != std::string::npos;
       at = help.find("[--", at + 1)) {
    const size_t end = help.find_first_of("=]", at);
    words += help.substr(at + 1, end - at - 1);
    words += help[end] == '=' ? "= " : " ";
  }
  return words + "--";
}

// "--focus= --cum ..."
std::string OptionWords(const Command& command) {
  if (std::string_view(command.name) == "count") {
    return "-o --iterations= --outputdir= --profile_report= --";
  }
  if (command.function == nullptr) return RunWords();
  std::string words;
  for (const OptionRow& row : AllOptions()) {
    if ((row.group & command.options) == 0) continue;
    words += Dashed(row);
    const bool has_equals = !IsSwitch(row) && Dashed(row).size() > 2;
    words += has_equals ? "= " : " ";
  }
  return words + "--help";
}

std::string CommandNames() {
  std::string names;
  for (const Command& command : AllCommands()) {
    names += std::string(command.name) + " ";
  }
  return names + "help";
}

// "'diff --format'|'compare --format') values='text json';;": the values of
// options, which may be others for another command.
std::string ValueCases() {
  std::string cases;
  for (const OptionRow& row : AllOptions()) {
    if (*row.choices == '\0') continue;
    std::string patterns;
    for (const Command& command : AllCommands()) {
      if ((row.group & command.options) == 0) continue;
      patterns += patterns.empty() ? "'" : "|'";
      patterns += std::string(command.name) + " " + Dashed(row) + "'";
    }
    std::string choices = row.choices;
    std::replace(choices.begin(), choices.end(), '|', ' ');
    if (patterns.empty()) continue;
    cases += "    " + patterns + ") values='" + choices + "' ;;\n";
  }
  return cases;
}

// bash takes "--name=value" as three words.
std::string BashScript() {
  std::string script =
      "# Completes command lines of bench_profiler in bash.\n"
      "_bench_profiler() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} values='' options=''\n"
      "  local previous=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  COMPREPLY=()\n"
      "  if [[ $COMP_CWORD == 1 || ( $COMP_CWORD == 2 && $previous == help ) "
      "]]; then\n"
      "    COMPREPLY=($(compgen -W '" +
      CommandNames() +
      " --help --version' -- \"$current\"))\n"
      "    return\n"
      "  fi\n"
      "  if [[ ${COMP_WORDS[1]} == @(run|count|compare) && \" "
      "${COMP_WORDS[*]:2:COMP_CWORD-2} "
      "\" "
      "== *' -- '* ]]; then\n"
      "    COMPREPLY=($(compgen -cf -- \"$current\"))\n"
      "    return\n"
      "  fi\n"
      "  if [[ $current == = ]]; then\n"
      "    current=''\n"
      "  elif [[ $previous == = ]]; then\n"
      "    previous=${COMP_WORDS[COMP_CWORD-2]}\n"
      "  fi\n"
      "  case \"${COMP_WORDS[1]} $previous\" in\n" +
      ValueCases() +
      "    'completion completion') values='bash zsh' ;;\n"
      "  esac\n"
      "  if [[ -n $values ]]; then\n"
      "    COMPREPLY=($(compgen -W \"$values\" -- \"$current\"))\n"
      "    return\n"
      "  fi\n"
      "  if [[ $current != -* ]]; then\n"
      "    COMPREPLY=($(compgen -f -- \"$current\"))\n"
      "    compopt -o filenames 2>/dev/null\n"
      "    return\n"
      "  fi\n"
      "  case ${COMP_WORDS[1]} in\n";
  for (const Command& command : AllCommands()) {
    script += std::string("    ") + command.name + ") options='" +
              OptionWords(command) + "' ;;\n";
  }
  return script +
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$options\" -- \"$current\"))\n"
         "  if [[ ${COMPREPLY[0]-} == *= ]]; then\n"
         "    compopt -o nospace 2>/dev/null\n"
         "  fi\n"
         "}\n"
         "complete -F _bench_profiler bench_profiler\n";
}

// In zsh's descriptions ":", "[" and "]" have a meaning, and in its quotes "'".
std::string ZshText(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\'') {
      escaped += "'\\''";
      continue;
    }
    if (c == ':' || c == '[' || c == ']' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string ZshOption(const OptionRow& row) {
  std::string text = "'" + Dashed(row);
  if (!IsSwitch(row)) text += Dashed(row).size() > 2 ? "=" : "";
  text += "[" + ZshText(row.help) + "]";
  if (IsSwitch(row)) return text + "'";
  text += ":" + ZshText(row.placeholder) + ":";
  std::string choices = row.choices;
  std::replace(choices.begin(), choices.end(), '|', ' ');
  if (!choices.empty()) return text + "(" + choices + ")'";
  const std::string placeholder = row.placeholder;
  const bool is_file = placeholder == "FILE" || placeholder == "SOURCE" ||
                       placeholder == "DIRS" || placeholder == "FOLDER";
  return text + (is_file ? "_files'" : "'");
}

std::string ZshScript() {
  std::string script =
      "# Completes command lines of bench_profiler in zsh.\n"
      "_bench_profiler_words() {\n"
      "  local -a commands=(\n";
  for (const Command& command : AllCommands()) {
    script += std::string("    '") + command.name + ":" +
              ZshText(command.help) + "'\n";
  }
  script +=
      "    'help:options and examples of a command'\n"
      "  )\n"
      "  if (( CURRENT == 2 )) || [[ CURRENT -eq 3 && $words[2] == help ]]; "
      "then\n"
      "    _describe command commands\n"
      "    return\n"
      "  fi\n"
      "  local command=$words[2]\n"
      "  shift words\n"
      "  (( CURRENT-- ))\n"
      "  case $command in\n"
      "    completion) _values shell bash zsh ;;\n"
      "    run|count) _arguments '*:file:_files' ;;\n";
  for (const Command& command : AllCommands()) {
    if (command.function == nullptr || command.options == 0) continue;
    script += std::string("    ") + command.name + ")\n      _arguments";
    for (const OptionRow& row : AllOptions()) {
      if ((row.group & command.options) == 0) continue;
      script += " \\\n        " + ZshOption(row);
    }
    script += " \\\n        '*:file:_files' ;;\n";
  }
  return script +
         "  esac\n"
         "}\n"
         "compdef _bench_profiler_words bench_profiler\n";
}

}  // namespace

Outcome CompletionCommand(const Command& command, const CommandLine& line) {
  const std::string shell = line.arguments.size() == 1 ? line.arguments[0] : "";
  if (shell == "bash") return WriteStandardOutput(BashScript());
  if (shell == "zsh") return WriteStandardOutput(ZshScript());
  return WrongUse(std::string("it is: bench_profiler ") + command.name + " " +
                  command.arguments);
}

}  // namespace bench_profiler
