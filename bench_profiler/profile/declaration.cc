#include "bench_profiler/profile/declaration.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bench_profiler {
namespace {

constexpr std::string_view kOperator = "operator";

// Operators with brackets in their names, the longer ones first.
constexpr std::string_view kBracketOperators[] = {
    "<=>", "<<=", ">>=", "->*", "<<", ">>", "<=",
    ">=",  "->",  "()",  "[]",  "<",  ">",
};

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

bool RemoveSuffix(std::string_view* text, std::string_view end) {
  if (text->size() < end.size() ||
      text->substr(text->size() - end.size()) != end) {
    return false;
  }
  text->remove_suffix(end.size());
  return true;
}

// Not by isalnum(): its table is the thread's own, and a thread of the program
// has none in the linker namespace of the exporter.
bool IsOfWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '$';
}

bool RemovePrefix(std::string_view* text, std::string_view start) {
  if (!StartsWith(*text, start)) return false;
  text->remove_prefix(start.size());
  return true;
}

// Whether the word "operator" is there, not just a part of a longer word.
bool IsOperator(std::string_view text, size_t i) {
  if (text[i] != kOperator[0]) return false;  // most places, and fast
  if (!StartsWith(text.substr(i), kOperator)) return false;
  if (i > 0 && IsOfWord(text[i - 1])) return false;
  const size_t end = i + kOperator.size();
  return end == text.size() || !IsOfWord(text[end]);
}

// `text` starts with "operator". Returns how long this word is with the
// brackets that belong to it.
size_t OperatorLength(std::string_view text) {
  const std::string_view rest = text.substr(kOperator.size());
  for (const std::string_view name : kBracketOperators) {
    if (StartsWith(rest, name)) return kOperator.size() + name.size();
  }
  return kOperator.size();
}

// Removes " const" and the like, which stand behind parameters.
void RemoveQualifiers(std::string_view* text) {
  while (RemoveSuffix(text, " const") || RemoveSuffix(text, " volatile") ||
         RemoveSuffix(text, " &") || RemoveSuffix(text, " &&")) {
  }
}

// " const::" in "A::f() const::{lambda()#1}" separates nothing.
bool IsQualifier(std::string_view text) {
  for (;;) {
    const size_t size = text.size();
    for (const std::string_view qualifier :
         {" const", " volatile", " &&", " &"}) {
      if (StartsWith(text, qualifier)) text.remove_prefix(qualifier.size());
    }
    if (text.size() == size) return false;
    if (StartsWith(text, "::")) return true;
  }
}

// `text` starts with "operator". Returns how long the operator's name is, or
// npos if it is one of a conversion, which goes on with a type.
size_t LengthOfOperatorName(std::string_view text) {
  for (const std::string_view name : {"operator new", "operator delete",
                                      "operator co_await", "operator\"\" "}) {
    if (StartsWith(text, name)) return name.size();
  }
  if (StartsWith(text, "operator ")) return std::string_view::npos;
  return OperatorLength(text);
}

std::string_view WithoutResult(std::string_view text) {
  size_t start = 0;
  size_t depth = 0;
  for (size_t i = 0; i < text.size();) {
    if (depth == 0 && IsOperator(text, i)) {
      const size_t length = LengthOfOperatorName(text.substr(i));
      if (length == std::string_view::npos) break;
      i += length;
      continue;
    }
    const char c = text[i];
    if (c == '(' || c == '[' || c == '{') ++depth;
    if ((c == ')' || c == ']' || c == '}') && depth > 0) --depth;
    if (depth == 0 && c == ' ' && !IsQualifier(text.substr(i))) start = i + 1;
    ++i;
  }
  return text.substr(start);
}

// "void (*f(int))" says that f() returns a pointer to a function. Returns
// "f(int)", or "" if `text` is not of this form.
std::string_view Pointed(std::string_view text) {
  while (!text.empty() && text.back() == ']') {  // "int (&f(int)) [5]"
    const size_t open = OpeningBracket(text);
    if (open == std::string_view::npos) return "";
    text = text.substr(0, open);
    RemoveSuffix(&text, " ");
  }
  if (text.empty() || text.back() != ')') return "";
  const size_t open = OpeningBracket(text);
  if (open == std::string_view::npos || open == 0 || text[open - 1] != ' ') {
    return "";
  }
  text = text.substr(open + 1, text.size() - open - 2);
  const size_t pointer = text.find_first_of("*&");  // "A::*f(int)"
  if (pointer == std::string_view::npos) return "";
  text = text.substr(pointer);
  while (RemovePrefix(&text, "*") || RemovePrefix(&text, "&") ||
         RemovePrefix(&text, " ") || RemovePrefix(&text, "const&") ||
         RemovePrefix(&text, "const*") || RemovePrefix(&text, "const ")) {
  }
  return text;
}

// The round and angle brackets around a place in a declaration.
class Brackets {
 public:
  bool InArguments() const { return arguments_ > 0; }

  void Open(char bracket) {
    open_.push_back(bracket);
    if (bracket == '<') ++arguments_;
  }

  // Returns whether the character there is a bracket of template arguments.
  bool Read(std::string_view text, size_t i) {
    switch (text[i]) {
      case '(':
        Open('(');
        return false;
      case ')':
        while (!open_.empty() && open_.back() == '<') Close();
        if (!open_.empty()) Close();
        return false;
      case '<':
        if (IsLess(text, i)) return false;
        Open('<');
        return true;
      case '>':
        if (open_.empty() || open_.back() != '<' || text[i - 1] == '-') {
          return false;
        }
        Close();
        return true;
      default:
        return false;
    }
  }

 private:
  // Operands are in parentheses: "(a)<(b)", "(a)<<(b)". One of "greater" is in
  // yet another pair of them, so it cannot be taken for the end of arguments.
  static bool IsLess(std::string_view text, size_t i) {
    while (i > 0 && text[i - 1] == '<') --i;
    return i > 0 && text[i - 1] == ')';
  }

  void Close() {
    if (open_.back() == '<') --arguments_;
    open_.pop_back();
  }

  std::vector<char> open_;
  size_t arguments_ = 0;  // how many of them are '<'
};

}  // namespace

size_t OpeningBracket(std::string_view text) {
  size_t depth = 0;
  for (size_t i = text.size(); i-- > 0;) {
    if (text[i] == ')' || text[i] == ']' || text[i] == '}') ++depth;
    if (text[i] == '(' || text[i] == '[' || text[i] == '{') {
      if (--depth == 0) return i;
    }
  }
  return std::string_view::npos;
}

std::string WithoutTemplateArguments(std::string_view declaration) {
  const std::string_view text = declaration;
  std::string result;
  Brackets brackets;
  for (size_t i = 0; i < text.size();) {
    if (IsOperator(text, i)) {
      const size_t size = OperatorLength(text.substr(i));
      if (!brackets.InArguments()) result += text.substr(i, size);
      i += size;
      if (StartsWith(text.substr(i), " <")) ++i;  // "operator< <int>"
      if (StartsWith(text.substr(i), "<")) {
        brackets.Open('<');
        ++i;
      }
      continue;
    }
    const bool is_visible = !brackets.InArguments();
    const bool is_template = brackets.Read(text, i);
    if (is_visible && !is_template) result += text[i];
    ++i;
  }
  return result;
}

std::string_view NameOfFunction(std::string_view declaration) {
  std::string_view text = declaration;
  while (!text.empty() && text.back() == ']') {
    const size_t clone = text.rfind(" [clone ");
    if (clone == std::string_view::npos) break;
    text = text.substr(0, clone);
  }
  for (;;) {
    std::string_view name = text;
    RemoveQualifiers(&name);
    if (!name.empty() && name.back() == ')') {
      name = name.substr(0, std::min(OpeningBracket(name), name.size()));
    } else if (name.empty() || name.back() != ']') {
      return WithoutResult(text);  // a variable, which has no parameters
    }
    const std::string_view pointed = Pointed(name);
    if (pointed.empty()) return WithoutResult(name);
    text = pointed;
  }
}

}  // namespace bench_profiler
