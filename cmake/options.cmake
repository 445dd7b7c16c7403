# What a user can set, in one table.
#
#   BENCH_PROFILER_BUILD_TESTS    tests/             ON when top level
#   BENCH_PROFILER_BUILD_SAMPLES  samples/           ON when top level
#   BENCH_PROFILER_BUILD_LAUNCHER bin/bench_profiler and what it preloads
#                                                    ON when top level
#   BENCH_PROFILER_INSTALL        install rules      ON when top level
#   BENCH_PROFILER_WERROR         warnings of our own code are errors
#                                                    ON when top level
#   BENCH_PROFILER_SANITIZE       "", "address,undefined" or "thread": sanitizers
#                                 for the project itself, for its own tests
if(CMAKE_SOURCE_DIR STREQUAL CMAKE_CURRENT_SOURCE_DIR)
  set(_bench_profiler_top_level ON)
  if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Build type" FORCE)
  endif()
else()
  set(_bench_profiler_top_level OFF)
endif()

option(BENCH_PROFILER_BUILD_TESTS "Build the tests" ${_bench_profiler_top_level})
option(BENCH_PROFILER_BUILD_SAMPLES "Build the samples" ${_bench_profiler_top_level})
option(BENCH_PROFILER_BUILD_LAUNCHER "Build the command bench_profiler"
       ${_bench_profiler_top_level})
option(BENCH_PROFILER_INSTALL "Make install rules" ${_bench_profiler_top_level})
option(BENCH_PROFILER_WERROR "Own warnings are errors" ${_bench_profiler_top_level})
set(BENCH_PROFILER_SANITIZE "" CACHE STRING "Sanitizers for the project itself")

# The compilers' macros that stack/arch/arch.h has a row for.
file(STRINGS "${CMAKE_CURRENT_LIST_DIR}/../bench_profiler/stack/arch/arch.h"
     _bench_profiler_rows REGEX "^#(el)?if defined")
string(REGEX MATCHALL "__[a-z0-9_]+__" _bench_profiler_architectures
             "${_bench_profiler_rows}")
set_property(GLOBAL PROPERTY BENCH_PROFILER_ARCHITECTURES
                             ${_bench_profiler_architectures})
