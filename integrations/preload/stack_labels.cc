#include "stack_labels.h"

#include <cstddef>
#include <string_view>

namespace bench_profiler {
namespace {

// All of it is called where nothing may be allocated: views of the name only.

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() &&
         text.substr(text.size() - end.size()) == end;
}

bool RemoveSuffix(std::string_view* text, std::string_view end) {
  if (!EndsWith(*text, end)) return false;
  text->remove_suffix(end.size());
  return true;
}

bool RemovePrefix(std::string_view* text, std::string_view start) {
  if (text->substr(0, start.size()) != start) return false;
  text->remove_prefix(start.size());
  return true;
}

// Where the bracket opens that closes at the end of `text`; npos if none does.
// Within ( ) and < > there may be more of both, and "operator<" is nobody's
// name here.
size_t OpeningBracket(std::string_view text) {
  int depth = 0;
  for (size_t i = text.size(); i-- > 0;) {
    if (text[i] == ')' || text[i] == '>') ++depth;
    if (text[i] == '(' || text[i] == '<') --depth;
    if (depth == 0) return i;
  }
  return std::string_view::npos;
}

// Where the last part of a name begins, behind its namespaces and classes.
size_t LastPart(std::string_view name) {
  int depth = 0;
  for (size_t i = name.size(); i-- > 0;) {
    if (name[i] == ')' || name[i] == '>') ++depth;
    if (name[i] == '(' || name[i] == '<') --depth;
    if (depth == 0 && name[i] == ':') return i + 1;
  }
  return 0;
}

bool Write(std::string_view start, std::string_view middle,
           std::string_view rest, char* value, size_t size) {
  if (start.size() + middle.size() + rest.size() >= size) return false;
  for (const std::string_view part : {start, middle, rest}) {
    value += part.copy(value, part.size());
  }
  *value = '\0';
  return true;
}

// A function of the user's that takes a State is a benchmark, or what a fixture
// has beside it. One that takes more, f(State&, int), was not registered by
// itself: a function that was has called it last (a tail call leaves no frame),
// or BENCHMARK_CAPTURE. Nothing on the stack tells which, so it is "f(...)".
bool ReadBenchmark(const char* function, char* value, size_t size) {
  std::string_view name = function;
  RemoveSuffix(&name, " const");  // of a lambda
  if (!EndsWith(name, ")")) return false;
  const size_t parameters = OpeningBracket(name);
  if (parameters == std::string_view::npos) return false;
  std::string_view first = name.substr(parameters);
  if (!RemovePrefix(&first, "(benchmark::State&") ||
      (first[0] != ')' && first[0] != ',')) {
    return false;
  }
  const bool has_more = first[0] == ',';
  name = name.substr(0, parameters);
  RemovePrefix(&name, "void ");  // that of a template is part of its name
  if (name.empty() || RemovePrefix(&name, "benchmark::") ||
      EndsWith(name, "::SetUp") || EndsWith(name, "::TearDown")) {
    return false;
  }
  // BENCHMARK_F(Fixture, Name)
  RemoveSuffix(&name, "_Benchmark::BenchmarkCase");
  // As BENCHMARK(Name) prints it, within its namespace. Not so a lambda.
  if (!EndsWith(name, "::operator()")) name = name.substr(LastPart(name));
  return Write(name, has_more ? "(...)" : "", "", value, size);
}

// The class that TEST(Suite, Name) makes is Suite_Name_Test. Names of suites
// have no underscore (GoogleTest's FAQ asks for that), those of tests may.
bool ReadTest(const char* function, char* value, size_t size) {
  std::string_view name = function;
  if (!RemoveSuffix(&name, "::TestBody()")) return false;
  std::string_view type;  // of a typed test
  if (EndsWith(name, ">")) {
    const size_t bracket = OpeningBracket(name);
    if (bracket == std::string_view::npos) return false;
    type = name.substr(bracket);
    name = name.substr(0, bracket);
  }
  name = name.substr(LastPart(name));
  if (!RemoveSuffix(&name, "_Test")) return false;
  constexpr std::string_view kDisabled = "DISABLED_";
  const size_t start =
      name.substr(0, kDisabled.size()) == kDisabled ? kDisabled.size() : 0;
  const size_t underscore = name.find('_', start);
  if (underscore == std::string_view::npos) return false;
  char suite_and_name[512];
  return Write(name.substr(0, underscore), ".", name.substr(underscore + 1),
               suite_and_name, sizeof(suite_and_name)) &&
         Write(suite_and_name, type, "", value, size);
}

constexpr StackLabel kLabels[] = {{"benchmark", ReadBenchmark},
                                  {"test", ReadTest}};

}  // namespace

ArrayView<StackLabel> FrameworkStackLabels() { return {kLabels, 2}; }

}  // namespace bench_profiler
