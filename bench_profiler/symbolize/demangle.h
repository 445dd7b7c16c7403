// Makes names of functions readable.
//
//   StripCloneSuffix("_Z3foov.isra.0.cold")  == "_Z3foov"
//   Demangle("_Z3foov")                      == "foo()"
//   Demangle("main")                         == "main"
//
// Thread-safe. Not for signal handlers.
#ifndef BENCH_PROFILER_SYMBOLIZE_DEMANGLE_H_
#define BENCH_PROFILER_SYMBOLIZE_DEMANGLE_H_

#include <string>
#include <string_view>

namespace bench_profiler {

// Removes what the optimizers of GCC and LLVM append to the symbol of a copy or
// a part of a function, and a symbol version ("@@GLIBC_2.14"). The symbol table
// has these suffixes and the debug information does not, but a function must
// not have two names. Outlined bodies ("._omp_fn.0") are functions of their own
// and keep their suffix, and so do stubs ("memchr@plt").
std::string_view StripCloneSuffix(std::string_view symbol);

// Returns the C++ declaration for a symbol of the Itanium ABI, and other names
// as they are.
std::string Demangle(const std::string& symbol);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_DEMANGLE_H_
