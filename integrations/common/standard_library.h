// How types of the standard library in use appear in symbols. The glue needs
// them, since it declares functions of the frameworks by their symbols, and
// some of these functions take strings or smart pointers.
//
//   void f(std::string) __asm__("_Z1f" BENCH_PROFILER_STRING("S_"));
//
// The libraries are libc++, and libstdc++ with its ABI since GCC 5 or the one
// before. The Itanium C++ ABI (section 5.1) says how names are mangled.
// integrations/frameworks.def has the same names in whole symbols.
#ifndef BENCH_PROFILER_INTEGRATIONS_COMMON_STANDARD_LIBRARY_H_
#define BENCH_PROFILER_INTEGRATIONS_COMMON_STANDARD_LIBRARY_H_

#include <string>  // its macros say which library this is

// std::string. `std` is the substitution that stands for libc++'s namespace. It
// depends on what comes before it in the symbol:
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
