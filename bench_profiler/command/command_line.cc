#include "bench_profiler/command/command_line.h"

#include <cstddef>

#include "bench_profiler/command/nearest_name.h"
#include "bench_profiler/command/option_table.h"
#include "bench_profiler/run/flags.h"

namespace bench_profiler {
namespace {

std::string NoSuchOption(const std::string& name, const std::string& word,
                         unsigned groups) {
  std::vector<std::string> names = {"help"};
  for (const OptionRow& row : AllOptions()) {
    if ((row.group & groups) != 0) names.push_back(row.name);
  }
  const std::string nearest = NearestName(name, names);
  return "no such option: " + word.substr(0, word.find('=')) +
         (nearest.empty() ? "; --help lists them"
                          : "; did you mean --" + nearest + "?");
}

}  // namespace

Outcome ParseCommandLine(unsigned groups, const std::vector<std::string>& words,
                         CommandLine* line) {
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--") {
      line->separator = static_cast<int>(line->arguments.size());
      line->arguments.insert(line->arguments.end(),
                             words.begin() + static_cast<ptrdiff_t>(i) + 1,
                             words.end());
      break;
    }
    if (word.size() < 2 || word[0] != '-') {
      line->arguments.push_back(word);
      continue;
    }
    const size_t equals = word.find('=');
    const size_t start = word[1] == '-' ? 2 : 1;
    const std::string name = word.substr(
        start, equals == std::string::npos ? equals : equals - start);
    if (name == "help" || name == "h") {
      line->help = true;
      continue;
    }
    const OptionRow* const row = FindOption(name, groups);
    bool needs_value = false;
    if (row == nullptr && (groups & kFlagOptions) != 0 &&
        IsFlag(word.c_str(), &needs_value)) {
      line->profiling.push_back(word);
      if (needs_value && ++i < words.size()) {
        line->profiling.push_back(words[i]);
      }
      continue;
    }
    if (row == nullptr) return WrongUse(NoSuchOption(name, word, groups));
    std::string value;
    if (equals != std::string::npos) {
      value = word.substr(equals + 1);
    } else if (IsSwitch(*row)) {
      value = "true";
    } else if (++i < words.size()) {
      value = words[i];
    } else {
      return WrongUse("a value is missing: --" + name + "=" + row->placeholder);
    }
    std::string error;
    if (!SetOption(*row, value, line, &error)) return WrongUse(error);
  }
  return {};
}

}  // namespace bench_profiler
