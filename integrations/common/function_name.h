// Parts of a function's name, demangled with its parameters.
//
//   std::string_view name = "space::Suite_Name_Test::TestBody()";
//   RemoveSuffix(&name, "::TestBody()");
//   name = name.substr(LastPart(name));   // "Suite_Name_Test"
//
// These functions read labels off stacks. There nothing may be allocated, so
// they only use views.
#ifndef BENCH_PROFILER_INTEGRATIONS_COMMON_FUNCTION_NAME_H_
#define BENCH_PROFILER_INTEGRATIONS_COMMON_FUNCTION_NAME_H_

#include <cstddef>
#include <string_view>

namespace bench_profiler {

inline bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() &&
         text.substr(text.size() - end.size()) == end;
}

inline bool RemoveSuffix(std::string_view* text, std::string_view end) {
  if (!EndsWith(*text, end)) return false;
  text->remove_suffix(end.size());
  return true;
}

inline bool RemovePrefix(std::string_view* text, std::string_view start) {
  if (text->substr(0, start.size()) != start) return false;
  text->remove_prefix(start.size());
  return true;
}

// `text` ends with a closing bracket. Returns where this bracket opens, or npos
// if it does not. There may be more brackets inside of it. Names such as
// "operator<" are not expected here.
inline size_t OpeningBracket(std::string_view text) {
  int depth = 0;
  for (size_t i = text.size(); i-- > 0;) {
    if (text[i] == ')' || text[i] == '>') ++depth;
    if (text[i] == '(' || text[i] == '<') --depth;
    if (depth == 0) return i;
  }
  return std::string_view::npos;
}

// Returns where the last part of a name begins, after namespaces and classes.
inline size_t LastPart(std::string_view name) {
  int depth = 0;
  for (size_t i = name.size(); i-- > 0;) {
    if (name[i] == ')' || name[i] == '>') ++depth;
    if (name[i] == '(' || name[i] == '<') --depth;
    if (depth == 0 && name[i] == ':') return i + 1;
  }
  return 0;
}

// Writes the three texts to `value`, one after the other. Returns false if
// there is no room for them.
inline bool Write(std::string_view start, std::string_view middle,
                  std::string_view rest, char* value, size_t size) {
  if (start.size() + middle.size() + rest.size() >= size) return false;
  for (const std::string_view part : {start, middle, rest}) {
    value += part.copy(value, part.size());
  }
  *value = '\0';
  return true;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTEGRATIONS_COMMON_FUNCTION_NAME_H_
