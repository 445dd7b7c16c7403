// Takes C++ declarations, as demanglers write them, to pieces.
//
//   const std::string all = "std::vector<int> const& A<B>::f<int>(int) const";
//   WithoutTemplateArguments(all)  == "std::vector const& A::f(int) const"
//   NameOfFunction(WithoutTemplateArguments(all))  == "A::f"
#ifndef BENCH_PROFILER_PROFILE_DECLARATION_H_
#define BENCH_PROFILER_PROFILE_DECLARATION_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace bench_profiler {

// Brackets of operators ("operator<", "operator->") and of comparisons in
// parentheses ("(a)<(b)") are none of template arguments.
std::string WithoutTemplateArguments(std::string_view declaration);

// Removes the parameters and what is behind them, and the result. There must be
// no template arguments.
std::string_view NameOfFunction(std::string_view declaration);

// Where the bracket opens that is closed at the end of `text`: (, [ or {. npos
// if it does not.
size_t OpeningBracket(std::string_view text);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PROFILE_DECLARATION_H_
