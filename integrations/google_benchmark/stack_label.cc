// Reads the names of benchmarks off stacks, for programs in which the calls of
// Google Benchmark cannot be seen (StackLabel).
#include <cstddef>
#include <string_view>

#include "../common/function_name.h"

namespace bench_profiler {

// A function of the user's whose only parameter is a State is a benchmark, or
// SetUp or TearDown of a fixture. A function with more parameters, such as
// f(State&, int), is not a benchmark itself. Either BENCHMARK_CAPTURE calls it,
// or a benchmark does so at its end, as a tail call, which leaves no frame.
// Nothing on the stack tells which one it is, so the label is "f(...)".
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
  RemovePrefix(&name, "void ");  // the names of templates have a return type
  if (name.empty() || RemovePrefix(&name, "benchmark::") ||
      EndsWith(name, "::SetUp") || EndsWith(name, "::TearDown")) {
    return false;
  }
  // BENCHMARK_F(Fixture, Name)
  RemoveSuffix(&name, "_Benchmark::BenchmarkCase");
  // BENCHMARK(Name) is printed without the namespace that it is in. A lambda
  // keeps its full name.
  if (!EndsWith(name, "::operator()")) name = name.substr(LastPart(name));
  return Write(name, has_more ? "(...)" : "", "", value, size);
}

}  // namespace bench_profiler
