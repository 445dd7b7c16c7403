// Values of options, from text and as text.
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <type_traits>

#include "bench_profiler/command/option_table.h"

namespace bench_profiler {
namespace {

bool ParseBool(const std::string& value, bool* result) {
  for (const char* text :
       {"", "1", "t", "T", "true", "True", "TRUE", "y", "yes"}) {
    if (value == text) return *result = true, true;
  }
  for (const char* text :
       {"0", "f", "F", "false", "False", "FALSE", "n", "no"}) {
    if (value == text) return *result = false, true;
  }
  return false;
}

bool ParseInt(const std::string& value, int* result) {
  char* end = nullptr;
  errno = 0;
  const long number = std::strtol(value.c_str(), &end, 10);
  if (value.empty() || *end != '\0' || errno != 0 || number < INT_MIN ||
      number > INT_MAX) {
    return false;
  }
  *result = static_cast<int>(number);
  return true;
}

bool ParseDouble(const std::string& value, double* result) {
  char* end = nullptr;
  errno = 0;
  const double number = std::strtod(value.c_str(), &end);
  if (value.empty() || *end != '\0' || errno != 0) return false;
  *result = number;
  return true;
}

bool IsOneOf(const std::string& value, const std::string& choices) {
  return value.find('|') == std::string::npos &&
         ("|" + choices + "|").find("|" + value + "|") != std::string::npos;
}

std::string Shown(double value) {
  char text[64];
  std::snprintf(text, sizeof(text), "%g", value);
  return text;
}

}  // namespace

bool SetOption(const OptionRow& row, const std::string& value,
               CommandLine* line, std::string* error) {
  const auto fail = [&](const char* what) {
    *error =
        "--" + std::string(row.name) + "=" + value + ": expected is " + what;
    return false;
  };
  return std::visit(
      [&](auto target) {
        using T = decltype(target);
        if constexpr (std::is_same_v<T, OptionRow::Ignored>) {
          return true;
        } else if constexpr (std::is_same_v<T, OptionRow::Shortcut>) {
          bool is_on = false;
          if (!ParseBool(value, &is_on)) return fail("true or false");
          if (is_on) target(line);
          return true;
        } else if constexpr (std::is_same_v<T, bool ReportOptions::*>) {
          return ParseBool(value, &(line->report.*target)) ||
                 fail("true or false");
        } else if constexpr (std::is_same_v<T, int ReportOptions::*>) {
          return ParseInt(value, &(line->report.*target)) || fail("a number");
        } else if constexpr (std::is_same_v<T, double ReportOptions::*>) {
          return ParseDouble(value, &(line->report.*target)) ||
                 fail("a number");
        } else if constexpr (std::is_same_v<T, std::string ReportOptions::*>) {
          line->report.*target = value;
          return true;
        } else if constexpr (std::is_same_v<T, bool CommandLine::*>) {
          return ParseBool(value, &(line->*target)) || fail("true or false");
        } else if constexpr (std::is_same_v<T, int CommandLine::*>) {
          return ParseInt(value, &(line->*target)) || fail("a number");
        } else if constexpr (std::is_same_v<T, double CommandLine::*>) {
          return ParseDouble(value, &(line->*target)) || fail("a number");
        } else if constexpr (std::is_same_v<T, std::string CommandLine::*>) {
          if (*row.choices != '\0' && !IsOneOf(value, row.choices)) {
            return fail(row.choices);
          }
          line->*target = value;
          return true;
        } else {
          (line->*target).push_back(value);
          return true;
        }
      },
      row.target);
}

std::string GetOption(const OptionRow& row, const CommandLine& line) {
  return std::visit(
      [&](auto target) -> std::string {
        using T = decltype(target);
        if constexpr (std::is_same_v<T, bool ReportOptions::*>) {
          return line.report.*target ? "true" : "false";
        } else if constexpr (std::is_same_v<T, int ReportOptions::*>) {
          return std::to_string(line.report.*target);
        } else if constexpr (std::is_same_v<T, double ReportOptions::*>) {
          return Shown(line.report.*target);
        } else if constexpr (std::is_same_v<T, std::string ReportOptions::*>) {
          return line.report.*target;
        } else if constexpr (std::is_same_v<T, bool CommandLine::*>) {
          return line.*target ? "true" : "false";
        } else if constexpr (std::is_same_v<T, int CommandLine::*>) {
          return std::to_string(line.*target);
        } else if constexpr (std::is_same_v<T, double CommandLine::*>) {
          return Shown(line.*target);
        } else if constexpr (std::is_same_v<T, std::string CommandLine::*>) {
          return line.*target;
        } else {
          return "";
        }
      },
      row.target);
}

}  // namespace bench_profiler
