// What the standard library at hand is called in symbols: the glue names
// functions of the frameworks by their symbols, and some take strings.
//
//   void f(std::string) __asm__("_Z1f" BENCH_PROFILER_STRING("S_"));
//
// libstdc++ with its ABI since GCC 5 and before, and libc++, as the Itanium C++
// ABI (section 5.1) mangles them. cmake/bench_profiler_enable.cmake has the
// same names.
#ifndef BENCH_PROFILER_INTEGRATIONS_COMMON_STANDARD_LIBRARY_H_
#define BENCH_PROFILER_INTEGRATIONS_COMMON_STANDARD_LIBRARY_H_

#include <string>  // says which library it is of

// std::string. `std` is the substitution that stands for libc++'s namespace, as
// it depends on what came before:
//   BENCH_PROFILER_STRING(std)
//
// Two parameters `const std::string&` of a member of a class in a namespace:
//   BENCH_PROFILER_STRING_PAIR
//
// std::unique_ptr of a class, the first parameter of a function in two
// namespaces:
//   BENCH_PROFILER_UNIQUE_PTR(name)
//
// What follows the name of a function that returns a std::string:
//   BENCH_PROFILER_STRING_TAG
#if defined(_LIBCPP_VERSION)
#define BENCH_PROFILER_STRING(std) \
  "NSt3__112basic_stringIcN" std "11char_traitsIcEEN" std "9allocatorIcEEEE"
#define BENCH_PROFILER_STRING_PAIR "RK" BENCH_PROFILER_STRING("S1_") "S9_"
#define BENCH_PROFILER_UNIQUE_PTR(name) \
  "NSt3__110unique_ptrI" name "NS1_14default_deleteIS3_EEEE"
#define BENCH_PROFILER_STRING_TAG ""
#else
#if _GLIBCXX_USE_CXX11_ABI
#define BENCH_PROFILER_STRING(std) \
  "NSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE"
#define BENCH_PROFILER_STRING_PAIR "RK" BENCH_PROFILER_STRING("") "S8_"
#define BENCH_PROFILER_STRING_TAG "B5cxx11"
#else
#define BENCH_PROFILER_STRING(std) "Ss"
#define BENCH_PROFILER_STRING_PAIR "RKSsS2_"
#define BENCH_PROFILER_STRING_TAG ""
#endif
#define BENCH_PROFILER_UNIQUE_PTR(name) \
  "St10unique_ptrI" name "St14default_deleteIS2_EE"
#endif

#endif  // BENCH_PROFILER_INTEGRATIONS_COMMON_STANDARD_LIBRARY_H_
