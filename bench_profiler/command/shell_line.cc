#include "bench_profiler/command/shell_line.h"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <sstream>

#include "bench_profiler/command/nearest_name.h"
#include "bench_profiler/command/option_table.h"
#include "bench_profiler/report/reports.h"

namespace bench_profiler {
namespace {

constexpr unsigned kAssignable = kSampleOptions | kReportOptions;
constexpr int kTopEntries = 10;  // of `top`, so that it fits on a screen

// Options that are chosen by another one's name, by pprof's names for them.
struct Choice {
  const char* name;
  const char* choices;
};
constexpr Choice kChoices[] = {
    {"granularity", "addresses | filefunctions | files | functions | lines"},
    {"sort", "cum | flat"},
};

std::string Trimmed(const std::string& text) {
  const size_t start = text.find_first_not_of(" \t\r");
  if (start == std::string::npos) return "";
  return text.substr(start, text.find_last_not_of(" \t\r") - start + 1);
}

bool IsNumber(const std::string& text) {
  return !text.empty() && text.size() < 10 &&
         text.find_first_not_of("0123456789") == std::string::npos;
}

std::string Either(const std::string& left, const std::string& right) {
  return left.empty() || right.empty() ? left + right : left + "|" + right;
}

// "top10" is "top 10".
void SplitDigits(std::vector<std::string>* words) {
  std::string& name = words->front();
  const size_t end = name.find_last_not_of("0123456789") + 1;
  if (FindReport(name) != nullptr || end == 0 || end == name.size()) return;
  const std::string digits = name.substr(end);
  name.resize(end);
  words->insert(words->begin() + 1, digits);
}

std::string NoSuchReport(const std::string& name) {
  std::vector<std::string> names = {"help", "options", "quit"};
  for (const Report& report : AllReports()) names.push_back(report.name);
  const std::string nearest = NearestName(name, names);
  return "no such command: " + name +
         (nearest.empty() ? "; help lists them"
                          : "; did you mean " + nearest + "?");
}

const char* GranularityName(Granularity granularity) {
  switch (granularity) {
    case Granularity::kFunctions:
      return "functions";
    case Granularity::kFileFunctions:
      return "filefunctions";
    case Granularity::kFiles:
      return "files";
    case Granularity::kLines:
      return "lines";
    case Granularity::kAddresses:
      return "addresses";
  }
  return "";
}

std::string Types(const ParsedProfile& profile) {
  std::string types;
  for (const TypeAndUnit& type : profile.value_types) {
    types += (types.empty() ? "" : " | ") + type.type;
  }
  return types;
}

bool IsType(const std::string& value, const ParsedProfile& profile) {
  for (const TypeAndUnit& type : profile.value_types) {
    if (type.type == value) return true;
  }
  return IsNumber(value) &&
         std::strtoul(value.c_str(), nullptr, 10) < profile.value_types.size();
}

std::string ShownOption(const std::string& name, const std::string& value,
                        const std::string& choices) {
  char text[512];
  std::snprintf(text, sizeof(text), "  %-25s = %-20s %s%s%s", name.c_str(),
                value.empty() ? "\"\"" : value.c_str(),
                choices.empty() ? "" : "//: [", choices.c_str(),
                choices.empty() ? "" : "]");
  return text;
}

}  // namespace

std::vector<std::string> SplitWords(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::string ParseShellReport(const std::vector<std::string>& all,
                             const CommandLine& line, ShellRequest* request) {
  std::vector<std::string> words = all;
  SplitDigits(&words);
  request->name = words[0] == "text" ? "top" : words[0];
  request->line = line;
  const Report* const report = FindReport(request->name);
  if (report == nullptr) return NoSuchReport(words[0]);
  ReportOptions& options = request->line.report;
  size_t i = 1;
  if (report->needs_pattern) {
    if (words.size() < 2) return request->name + " needs a REGEX";
    request->pattern = words[i++];
  }
  std::string focus, ignore;
  for (; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (IsNumber(word)) {
      options.node_count = std::atoi(word.c_str());
    } else if (word[0] == '>') {
      request->line.output = word.substr(1);
      if (word.size() == 1) {
        if (++i == words.size()) return "a file is missing after >";
        request->line.output = words[i];
      }
    } else if (word == "-cum" || word == "--cum") {
      options.cumulative = true;
    } else if (word[0] == '-') {
      ignore = Either(ignore, word.substr(1));
    } else {
      focus = Either(focus, word);
    }
  }
  const bool is_tags = request->name == "tags";
  if (!focus.empty()) (is_tags ? options.tag_focus : options.focus) = focus;
  if (!ignore.empty()) (is_tags ? options.tag_ignore : options.ignore) = ignore;
  if (options.node_count < 0 && request->name == "top") {
    options.node_count = kTopEntries;
  }
  return "";
}

bool ParseAssignment(const std::string& text, const ParsedProfile& profile,
                     CommandLine* line, std::string* error) {
  const size_t equals = text.find('=');
  std::string name = Trimmed(text.substr(0, equals));
  std::string value =
      equals == std::string::npos ? "" : text.substr(equals + 1);
  value = Trimmed(value.substr(0, value.rfind("//:")));
  for (const Choice& choice : kChoices) {
    if (name != choice.name) continue;
    const std::string choices = " " + std::string(choice.choices) + " ";
    if (value.empty() || choices.find(" " + value + " ") == std::string::npos) {
      *error = name + " is one of: " + choice.choices;
      return true;
    }
    name = value;
    value = "true";
  }
  const OptionRow* const row = FindOption(name, kAssignable);
  if (row == nullptr) return false;
  CommandLine changed = *line;
  if (equals == std::string::npos && !IsSwitch(*row)) {
    *error = "a value is missing: " + name + "=" + row->placeholder;
  } else if (SetOption(*row, value, &changed, error)) {
    const std::string& type = changed.report.sample_index;
    if (type.empty() || IsType(type, profile)) {
      *line = changed;
    } else {
      *error = "sample_index is one of: " + Types(profile);
    }
  }
  return true;
}

std::vector<std::string> ExpandShortcut(const std::string& text,
                                        const ParsedProfile& profile) {
  const std::string trimmed = Trimmed(text);
  if (trimmed == ":") {
    return {"focus=", "ignore=", "hide=", "tagfocus=", "tagignore="};
  }
  for (const TypeAndUnit& type : profile.value_types) {
    const std::string choice = "sample_index=" + type.type;
    if (trimmed == type.type) return {choice};
    if (trimmed == "total_" + type.type) return {"mean=0", choice};
    if (trimmed == "mean_" + type.type) return {"mean=1", choice};
  }
  return {trimmed};
}

std::string ShownOptions(const CommandLine& line,
                         const ParsedProfile& profile) {
  std::vector<std::string> lines;
  for (const OptionRow& row : AllOptions()) {
    const bool is_set_by_others =
        std::holds_alternative<OptionRow::Shortcut>(row.target);
    if ((row.group & kAssignable) == 0 || is_set_by_others) continue;
    const bool is_type = std::string(row.name) == "sample_index";
    lines.push_back(ShownOption(row.name, GetOption(row, line),
                                is_type ? Types(profile) : ""));
  }
  lines.push_back(ShownOption("granularity",
                              GranularityName(line.report.granularity),
                              kChoices[0].choices));
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& each : lines) text += each + "\n";
  return text;
}

}  // namespace bench_profiler
