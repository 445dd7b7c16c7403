// What stacks tell of a Google Benchmark whose calls cannot be seen
// (StackLabel).
#include <cstddef>
#include <string_view>

#include "../common/function_name.h"

namespace bench_profiler {

// A function of the user's that takes a State is a benchmark, or what a fixture
// has beside it. One that takes more, f(State&, int), was not registered by
// itself: a function that was has called it last (a tail call leaves no frame),
// or BENCHMARK_CAPTURE. Nothing on the stack tells which, so it is "f(...)".
bool ReadGoogleBenchmarkLabel(const char* function, char* value, size_t size) {
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

}  // namespace bench_profiler
