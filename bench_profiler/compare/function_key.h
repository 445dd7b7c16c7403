// What makes a function of one build the same function in another.
//
//   FunctionKey("_Z5ParsePKc.isra.0")          == "Parse(char const*)"
//   FunctionKey("_ZN4main3run17h0123456789abcdefE")   == "main::run"
//   FunctionKey("{anonymous}::Tree::Find(int)")
//       == FunctionKey("_ZN12_GLOBAL__N_14Tree4FindEi")
//
// The full name tells overloads and instances of a template apart, which cost
// different things. What a compiler adds by chance is left out of it: suffixes
// of copies and parts of a function, hashes of Rust's crates, and Clang's
// numbers of lambdas, which count through a whole file. GCC numbers lambdas
// within the function that they stand in, for each list of parameters, and its
// numbers stay: "main::{lambda(int)#2}::operator()(int) const".
#ifndef BENCH_PROFILER_COMPARE_FUNCTION_KEY_H_
#define BENCH_PROFILER_COMPARE_FUNCTION_KEY_H_

#include <string>

namespace bench_profiler {

// `symbol` is mangled, or a name that is readable already.
std::string FunctionKey(const std::string& symbol);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_FUNCTION_KEY_H_
