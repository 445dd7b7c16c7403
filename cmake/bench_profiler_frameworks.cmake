# _bench_profiler_frameworks(<variable>): the frameworks, by their folders.
# _bench_profiler_framework(<framework> <KEY> <variable>): what frameworks.def says.
#
#   _bench_profiler_frameworks(frameworks)          # google_benchmark;googletest
#   _bench_profiler_framework(googletest NAME name)             # GoogleTest
#   _bench_profiler_framework(googletest LIBRARY libraries)     # gtest;gmock;...
#
# KEY is the end of an entry's name there. Glue has its folder before it.

# BENCH_PROFILER_INTEGRATIONS_DIR is where the glue's sources are: in this source
# tree, or as installed (bench_profilerConfig.cmake sets it).
if(NOT BENCH_PROFILER_INTEGRATIONS_DIR)
  get_filename_component(BENCH_PROFILER_INTEGRATIONS_DIR
                         "${CMAKE_CURRENT_LIST_DIR}/../integrations" ABSOLUTE)
endif()
# Functions run in their callers' scope: the folder has to be known there too.
set_property(GLOBAL PROPERTY BENCH_PROFILER_INTEGRATIONS_DIR
                             "${BENCH_PROFILER_INTEGRATIONS_DIR}")

function(_bench_profiler_read_frameworks)
  get_property(integrations GLOBAL PROPERTY BENCH_PROFILER_INTEGRATIONS_DIR)
  file(STRINGS "${integrations}/frameworks.def" lines
       REGEX "^BENCH_PROFILER_FRAMEWORK")
  set(frameworks "")
  set(keys "")
  foreach(line IN LISTS lines)
    if(line MATCHES "^BENCH_PROFILER_FRAMEWORK\\((.+), .+, \"(.+)\"\\)$")
      list(APPEND frameworks ${CMAKE_MATCH_1})
      set(key ${CMAKE_MATCH_1}_NAME)
      set(value "${CMAKE_MATCH_2}")
    elseif(line MATCHES
           "^BENCH_PROFILER_FRAMEWORK_([A-Z_]+)\\(([a-z_]+), \"([^\"]+)\"\\)$")
      set(key ${CMAKE_MATCH_2}_${CMAKE_MATCH_1})
      set(value "${CMAKE_MATCH_3}")
      if(CMAKE_MATCH_1 STREQUAL "GLUE")
        string(PREPEND value "${CMAKE_MATCH_2}/")
      endif()
    else()
      continue()
    endif()
    list(APPEND keys ${key})
    list(APPEND value_${key} "${value}")
  endforeach()
  foreach(key IN LISTS keys)
    set_property(GLOBAL PROPERTY BENCH_PROFILER_${key} ${value_${key}})
  endforeach()
  set_property(GLOBAL PROPERTY BENCH_PROFILER_FRAMEWORKS ${frameworks})
endfunction()
_bench_profiler_read_frameworks()

function(_bench_profiler_frameworks variable)
  get_property(frameworks GLOBAL PROPERTY BENCH_PROFILER_FRAMEWORKS)
  set(${variable} "${frameworks}" PARENT_SCOPE)
endfunction()

function(_bench_profiler_framework framework key variable)
  get_property(value GLOBAL PROPERTY BENCH_PROFILER_${framework}_${key})
  set(${variable} "${value}" PARENT_SCOPE)
endfunction()

# The names of all for users: "Google Benchmark or GoogleTest".
function(_bench_profiler_framework_names variable)
  _bench_profiler_frameworks(frameworks)
  set(names "")
  foreach(framework IN LISTS frameworks)
    _bench_profiler_framework(${framework} NAME name)
    list(APPEND names "${name}")
  endforeach()
  list(JOIN names ", " names)
  string(REGEX REPLACE ", ([^,]+)$" " or \\1" names "${names}")
  set(${variable} "${names}" PARENT_SCOPE)
endfunction()
