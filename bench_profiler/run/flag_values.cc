#include "bench_profiler/run/flag_values.h"

#include <errno.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>

#include "bench_profiler/http/address.h"

namespace bench_profiler {

std::string SetPath(const std::string& value, std::string* path) {
  if (value.empty()) return "needs the name of a file";
  *path = value;
  return "";
}

std::string SetRate(const std::string& value, const Kind& kind,
                    KindOptions* options) {
  errno = 0;
  char* end = nullptr;
  const long long number = std::strtoll(value.c_str(), &end, 10);
  if (value.empty() || *end != '\0' || errno != 0 || number < kind.min_rate ||
      number > kind.max_rate) {
    return "must be a whole number from " + std::to_string(kind.min_rate) +
           " to " + std::to_string(kind.max_rate) + " (" + kind.rate_meaning +
           ")";
  }
  options->rate = number;
  options->rate_is_given = true;
  return "";
}

std::string SetChoice(const std::string& value, const ChoiceFlag& choice,
                      size_t* index) {
  std::string known;
  for (size_t i = 0; i < std::size(choice.values); ++i) {
    if (choice.values[i] == nullptr) break;
    if (value == choice.values[i]) {
      *index = i;
      return "";
    }
    known += (i > 0 ? " or " : "") + std::string(choice.values[i]);
  }
  return "must be " + known;
}

std::string SetSwitch(const std::string& value, bool* on) {
  for (const char* yes : {"true", "1", "t", "yes", "on"}) {
    if (value == yes) return *on = true, "";
  }
  for (const char* no : {"false", "0", "f", "no", "off", ""}) {
    if (value == no) return *on = false, "";
  }
  return "must be true or false";
}

std::string SetAddress(const std::string& value, std::string* address) {
  HttpAddress parsed;
  if (const Error error = ParseHttpAddress(value, &parsed)) {
    return error.message();
  }
  *address = value;
  return "";
}

std::string SetSeconds(const std::string& value, double* seconds) {
  char* end = nullptr;
  const double number = std::strtod(value.c_str(), &end);
  constexpr double kDay = 24 * 60 * 60;
  if (value.empty() || !(number > 0 && number <= kDay) ||
      (*end != '\0' && std::strcmp(end, "s") != 0)) {
    return "must be a number of seconds above 0, such as 0.5";
  }
  *seconds = number;
  return "";
}

std::string SecondsText(double seconds) {
  if (!(seconds > 0)) return "";
  char text[32];
  std::snprintf(text, sizeof(text), "%.17g", seconds);
  return text;
}

}  // namespace bench_profiler
