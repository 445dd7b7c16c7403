// Makes names of functions readable.
//
//   StripCloneSuffix("_Z3fooIiEvT_.isra.0.cold")  == "_Z3fooIiEvT_"
//   FullName("_Z3fooIiEvT_")                      == "void foo<int>(int)"
//   ShortName("_Z3fooIiEvT_")                     == "foo"
//   ShortName("main")                             == "main"
//
// Thread-safe. Not for signal handlers.
#ifndef BENCH_PROFILER_PROFILE_DEMANGLE_H_
#define BENCH_PROFILER_PROFILE_DEMANGLE_H_

#include <string>
#include <string_view>

namespace bench_profiler {

// Removes what the optimizers of GCC and LLVM append to the symbol of a copy or
// a part of a function, and a symbol version ("@@GLIBC_2.14"). The symbol table
// has these suffixes and the debug information does not, but a function must
// not have two names. Outlined bodies ("._omp_fn.0") are functions of their own
// and keep their suffix, and so do stubs ("memchr@plt").
std::string_view StripCloneSuffix(std::string_view symbol);

// Both take symbols of the Itanium ABI, and those that Rust made of it, and
// return other names as they are.

// The declaration in C++, with result, template arguments and parameters.
std::string FullName(const std::string& symbol);

// The name as people say it and as pprof shows it, without these three:
// "A::operator<", "(anonymous namespace)::Add", "f(int)::{lambda()#1}". Of the
// functions that a function is in, the parameters stay.
std::string ShortName(const std::string& symbol);

// What to show of a function in a profile of any program, in full or short. As
// pprof, it takes a name that differs from the one of the system for readable.
std::string NameToShow(const std::string& name, const std::string& system_name,
                       bool in_full);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PROFILE_DEMANGLE_H_
