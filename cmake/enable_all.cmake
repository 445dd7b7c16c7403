# Profiles for every executable of somebody else's project that links Google
# Benchmark or GoogleTest, without an edit:
#
#   cmake -S theirs -B build \
#     -DCMAKE_PROJECT_TOP_LEVEL_INCLUDES=<prefix>/share/bench_profiler/enable_all.cmake
#
# Before CMake 3.24 the variable is CMAKE_PROJECT_INCLUDE. Then each project() of
# theirs includes this file; the first one decides.
get_property(_bench_profiler_scheduled GLOBAL PROPERTY
                                              BENCH_PROFILER_ENABLE_ALL)
if(_bench_profiler_scheduled)
  return()
endif()
if(CMAKE_VERSION VERSION_LESS 3.19)
  message(FATAL_ERROR "bench_profiler: enable_all.cmake needs CMake 3.19 or newer "
                      "and this is ${CMAKE_VERSION}; call "
                      "bench_profiler_enable(<target>...) in the project instead")
endif()
# Functions keep the policies of where they are defined, here not the project's.
cmake_policy(PUSH)
cmake_policy(VERSION 3.19...3.31)

# Sets `variable` to the executables made in `directory` and below.
function(_bench_profiler_executables directory variable)
  set(executables "")
  get_property(targets DIRECTORY "${directory}" PROPERTY BUILDSYSTEM_TARGETS)
  foreach(target IN LISTS targets)
    get_target_property(type ${target} TYPE)
    if(type STREQUAL "EXECUTABLE")
      list(APPEND executables ${target})
    endif()
  endforeach()
  get_property(folders DIRECTORY "${directory}" PROPERTY SUBDIRECTORIES)
  foreach(folder IN LISTS folders)
    _bench_profiler_executables("${folder}" below)
    list(APPEND executables ${below})
  endforeach()
  set(${variable} "${executables}" PARENT_SCOPE)
endfunction()

# Sets `variable` to those of `executables` that link a framework, and can be
# enabled. By name: a target that a subdirectory imported is not known here.
function(_bench_profiler_select executables variable)
  set(selected "")
  foreach(target IN LISTS executables)
    _bench_profiler_link_closure(${target} frameworks)
    list(TRANSFORM frameworks TOLOWER)
    list(
      FILTER frameworks INCLUDE REGEX
      "^(.*::|.*/)?(-l|lib)?(benchmark|g(oogle)?(test|mock|benchmark))(_main)?d?(\\.a|\\.so[.0-9]*)?$|^gtest::"
    )
    if(NOT frameworks)
      continue()
    endif()
    _bench_profiler_obstacle(${target} obstacle)
    if(obstacle)
      message(STATUS "bench_profiler: ${target} is left out: ${obstacle}")
    else()
      list(APPEND selected ${target})
    endif()
  endforeach()
  set(${variable} "${selected}" PARENT_SCOPE)
endfunction()

function(_bench_profiler_enable_all)
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  if(NOT "CXX" IN_LIST languages)
    return()
  endif()
  # The project may have brought a bench_profiler of its own.
  if(NOT COMMAND bench_profiler_enable)
    get_property(prefix GLOBAL PROPERTY BENCH_PROFILER_ENABLE_ALL)
    find_package(bench_profiler CONFIG REQUIRED PATHS "${prefix}" NO_DEFAULT_PATH
                 NO_CMAKE_FIND_ROOT_PATH)
  endif()
  _bench_profiler_executables("${CMAKE_SOURCE_DIR}" executables)
  _bench_profiler_select("${executables}" selected)
  if(NOT selected)
    message(STATUS "bench_profiler: no executable enabled: none that can be links "
                   "Google Benchmark or GoogleTest")
    return()
  endif()

  # The glue is compiled here, where C++ may be unknown if only a subdirectory
  # enabled it, and it is too late to do so.
  list(GET selected 0 first)
  get_target_property(directory ${first} SOURCE_DIR)
  get_property(names DIRECTORY "${directory}" PROPERTY VARIABLES)
  foreach(name IN LISTS names)
    if(name MATCHES "^CMAKE_.*CXX" AND NOT DEFINED ${name})
      get_directory_property(value DIRECTORY "${directory}" DEFINITION ${name})
      set(${name} "${value}")
      set(${name} "${value}" PARENT_SCOPE)
    endif()
  endforeach()

  bench_profiler_enable(${selected})
  get_target_property(enabled ${first} BENCH_PROFILER_ENABLED)
  if(enabled)
    list(LENGTH selected count)
    list(JOIN selected ", " names)
    message(STATUS "bench_profiler: enabled ${count} executables: ${names}")
  endif()
endfunction()

get_filename_component(_bench_profiler_prefix "${CMAKE_CURRENT_LIST_DIR}/../.."
                       ABSOLUTE)
set_property(GLOBAL PROPERTY BENCH_PROFILER_ENABLE_ALL
                             "${_bench_profiler_prefix}")
# When all targets are there, and all that they link is known.
cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL
               _bench_profiler_enable_all)
cmake_policy(POP)
