# bench_profiler_enable(<target>...): profiles for existing executables.
#
#   add_executable(my_bench my_bench.cc)
#   target_link_libraries(my_bench benchmark::benchmark_main)
#   bench_profiler_enable(my_bench)
#   # ./my_bench --cpuprofile=cpu.prof
#
# Needs no change of source. Works on executables that other people's
# CMakeLists.txt made, in any directory and order; enabling twice is harmless.
# Functions keep the policies of where they are defined, here not the user's.
cmake_policy(PUSH)
cmake_policy(VERSION 3.16...3.31)
include("${CMAKE_CURRENT_LIST_DIR}/bench_profiler_link_closure.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/bench_profiler_frameworks.cmake")

# Of every enabled program, whatever it links.
set_property(GLOBAL PROPERTY BENCH_PROFILER_GLUE common/main_hook.cc)
set_property(GLOBAL PROPERTY BENCH_PROFILER_COMPILE_ONCE
                             "${CMAKE_CURRENT_LIST_DIR}/bench_profiler_compile_once.sh")

# Sets `answer`, which is kept in the cache, to whether `condition` holds in the
# preprocessor where <features.h> is included.
function(_bench_profiler_check answer condition)
  if(NOT DEFINED ${answer})
    set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
    set(source "${CMAKE_BINARY_DIR}/CMakeFiles/${answer}.cc")
    file(WRITE "${source}" "#include <features.h>
#if !(${condition})
#error no
#endif
")
    try_compile(${answer} "${CMAKE_BINARY_DIR}/CMakeFiles/${answer}" "${source}")
  endif()
endfunction()

# Sets `variable` to what there are no profiles on: the system, the processor or
# the libc; to nothing where there are.
function(_bench_profiler_unsupported variable)
  set(system "${CMAKE_SYSTEM_NAME} ${CMAKE_SYSTEM_PROCESSOR}")
  if(CMAKE_SIZEOF_VOID_P EQUAL 4)
    string(APPEND system " with 32 bits")
  endif()
  set(${variable} "${system}" PARENT_SCOPE)
  if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux")
    return()
  endif()
  get_property(macros GLOBAL PROPERTY BENCH_PROFILER_ARCHITECTURES)
  list(TRANSFORM macros REPLACE "(.+)" "defined(\\1)")
  list(JOIN macros " || " known_processor)
  _bench_profiler_check(BENCH_PROFILER_PROCESSOR_IS_KNOWN "${known_processor}")
  if(NOT BENCH_PROFILER_PROCESSOR_IS_KNOWN)
    return()
  endif()
  _bench_profiler_check(BENCH_PROFILER_LIBC_IS_GLIBC_2_28
                        "defined(__GLIBC__) && __GLIBC_PREREQ(2, 28)")
  if(BENCH_PROFILER_LIBC_IS_GLIBC_2_28)
    set(${variable} "" PARENT_SCOPE)
  else()
    set(${variable} "${system} without glibc 2.28 or newer" PARENT_SCOPE)
  endif()
endfunction()

function(bench_profiler_enable)
  _bench_profiler_unsupported(system)
  if(system)
    message(STATUS "bench_profiler: no profiles on ${system}; "
                   "${ARGN} built as without it")
    return()
  endif()
  foreach(target IN LISTS ARGN)
    _bench_profiler_enable_one(${target})
  endforeach()
endfunction()

# Sets `variable` to why `target` cannot be enabled, and what can be done; to
# nothing if it can.
function(_bench_profiler_obstacle target variable)
  set(${variable} "" PARENT_SCOPE)
  get_target_property(type ${target} TYPE)
  get_target_property(imported ${target} IMPORTED)
  if(NOT type STREQUAL "EXECUTABLE" OR imported)
    set(${variable} "only executables that this build makes can be enabled, and \
${target} is not one; enable the executables that link it" PARENT_SCOPE)
    return()
  endif()
  _bench_profiler_link_closure(${target} closure)
  get_target_property(directory ${target} SOURCE_DIR)
  foreach(flags CMAKE_CXX_FLAGS CMAKE_EXE_LINKER_FLAGS)
    get_directory_property(flags DIRECTORY "${directory}" DEFINITION ${flags})
    string(APPEND closure ";${flags}")
  endforeach()
  if(closure MATCHES "(^|[; ])-static(-pie)?($|[; ])")
    set(${variable} "a fully static program cannot link the profiler's shared \
library; link it without -static" PARENT_SCOPE)
  endif()
endfunction()

function(_bench_profiler_enable_one target)
  if(NOT TARGET ${target})
    message(FATAL_ERROR "bench_profiler_enable(${target}): no such target here; "
                        "call it after add_executable(${target})")
  endif()
  get_target_property(aliased ${target} ALIASED_TARGET)
  if(aliased)
    set(target ${aliased})
  endif()
  _bench_profiler_obstacle(${target} obstacle)
  if(obstacle)
    message(FATAL_ERROR "bench_profiler_enable(${target}): ${obstacle}")
  endif()
  get_target_property(enabled ${target} BENCH_PROFILER_ENABLED)
  if(enabled)
    return()
  endif()
  set_target_properties(${target} PROPERTIES BENCH_PROFILER_ENABLED ON)

  _bench_profiler_add_glue(${target})
  set_property(TARGET ${target} APPEND PROPERTY LINK_OPTIONS LINKER:--wrap=main)
  # What the target links is known at the end, as libraries may be added in any
  # order. Before CMake 3.19, which cannot wait for it, it gets all there is.
  if(CMAKE_VERSION VERSION_LESS 3.19)
    _bench_profiler_add_frameworks(${target})
  else()
    # By EVAL: a deferred call would look for the variables when it is made.
    cmake_language(EVAL CODE "cmake_language(DEFER DIRECTORY \
[[${CMAKE_SOURCE_DIR}]] CALL _bench_profiler_add_frameworks [[${target}]])")
  endif()
  # By property: target_link_libraries must not mix its two signatures, and the
  # target may be one of another directory.
  set_property(TARGET ${target} APPEND PROPERTY LINK_LIBRARIES
                                                bench_profiler::bench_profiler)

  # A static library of link-time-optimised objects resolves its symbols before
  # --wrap can redirect them. The user's own objects may stay optimised.
  _bench_profiler_frameworks(frameworks)
  foreach(framework IN LISTS frameworks)
    _bench_profiler_framework(${framework} WRAP wraps)
    if(wraps)
      _bench_profiler_framework(${framework} LIBRARY libraries)
      _bench_profiler_compile_without_lto("${libraries}")
    endif()
  endforeach()
endfunction()

# Of those of `libraries`, and with _main at their ends, that this build makes.
function(_bench_profiler_compile_without_lto libraries)
  foreach(library IN LISTS libraries)
    foreach(target ${library} ${library}_main)
      if(NOT TARGET ${target})
        continue()
      endif()
      get_target_property(type ${target} TYPE)
      get_target_property(imported ${target} IMPORTED)
      if(type MATCHES "^(STATIC|SHARED)_LIBRARY$" AND NOT imported)
        set_target_properties(${target} PROPERTIES INTERPROCEDURAL_OPTIMIZATION
                                                   OFF)
        set_property(TARGET ${target} APPEND PROPERTY COMPILE_OPTIONS -fno-lto)
      endif()
    endforeach()
  endforeach()
endfunction()

# Adds the glue of the frameworks that the target links; of all, if that cannot be
# told.
function(_bench_profiler_add_frameworks target)
  _bench_profiler_frameworks(frameworks)
  if(NOT CMAKE_VERSION VERSION_LESS 3.19)
    _bench_profiler_linked_frameworks(${target} linked all_known)
    if(linked AND all_known)
      set(frameworks ${linked})
    endif()
  endif()
  get_property(integrations GLOBAL PROPERTY BENCH_PROFILER_INTEGRATIONS_DIR)
  foreach(framework IN LISTS frameworks)
    _bench_profiler_framework(${framework} GLUE sources)
    list(TRANSFORM sources PREPEND "${integrations}/")
    set_property(TARGET bench_profiler_glue_${target} APPEND PROPERTY SOURCES
                                                                      ${sources})
    _bench_profiler_framework(${framework} WRAP wraps)
    list(TRANSFORM wraps PREPEND "LINKER:--wrap=")
    set_property(TARGET ${target} APPEND PROPERTY LINK_OPTIONS ${wraps})
  endforeach()
endfunction()

# The glue is compiled as the target is, against the same headers, but never with
# link-time optimisation (some linkers then lose the wrapped symbols), and no
# warning of it ever reaches the user. Targets that compile it in the same way
# share what comes of it.
function(_bench_profiler_add_glue target)
  get_property(integrations GLOBAL PROPERTY BENCH_PROFILER_INTEGRATIONS_DIR)
  get_property(sources GLOBAL PROPERTY BENCH_PROFILER_GLUE)
  list(TRANSFORM sources PREPEND "${integrations}/")
  set(glue bench_profiler_glue_${target})
  add_library(${glue} OBJECT EXCLUDE_FROM_ALL ${sources})
  # These are transitive: what the target gets from its libraries is in them.
  foreach(property INCLUDE_DIRECTORIES COMPILE_DEFINITIONS COMPILE_OPTIONS)
    set_property(TARGET ${glue} PROPERTY ${property}
                                         $<TARGET_PROPERTY:${target},${property}>)
  endforeach()
  # These are not in them: the flags of the target's directory, and who makes
  # headers before it is compiled.
  get_target_property(directory ${target} SOURCE_DIR)
  get_directory_property(flags DIRECTORY "${directory}" DEFINITION CMAKE_CXX_FLAGS)
  if(NOT flags STREQUAL CMAKE_CXX_FLAGS)
    separate_arguments(flags UNIX_COMMAND "${flags}")
    set_property(TARGET ${glue} APPEND PROPERTY COMPILE_OPTIONS ${flags})
  endif()
  get_target_property(makers ${target} MANUALLY_ADDED_DEPENDENCIES)
  if(makers)
    add_dependencies(${glue} ${makers})
  endif()
  set_property(TARGET ${glue} APPEND PROPERTY LINK_LIBRARIES
                                              bench_profiler::bench_profiler)
  # The standard as an option too: it may be among the target's options. That
  # sanitizer would ask for the types of a framework that may not be linked.
  set_property(TARGET ${glue} APPEND PROPERTY COMPILE_OPTIONS -w -fno-lto
                                              -std=gnu++17 -fno-sanitize=vptr)
  get_property(script GLOBAL PROPERTY BENCH_PROFILER_COMPILE_ONCE)
  get_target_property(launcher ${target} CXX_COMPILER_LAUNCHER)
  set(shared "${CMAKE_BINARY_DIR}/bench_profiler_glue")
  set_property(TARGET ${glue} PROPERTY CXX_COMPILER_LAUNCHER sh "${script}"
                                       "${shared}")
  if(launcher)
    set_property(TARGET ${glue} APPEND PROPERTY CXX_COMPILER_LAUNCHER ${launcher})
  endif()
  set_property(DIRECTORY APPEND PROPERTY ADDITIONAL_CLEAN_FILES "${shared}")
  set_target_properties(
    ${glue}
    PROPERTIES POSITION_INDEPENDENT_CODE ON
               CXX_STANDARD 17
               CXX_EXTENSIONS ON
               INTERPROCEDURAL_OPTIMIZATION OFF
               UNITY_BUILD OFF
               AUTOMOC OFF
               CXX_SCAN_FOR_MODULES OFF
               CXX_CLANG_TIDY ""
               CXX_CPPCHECK ""
               CXX_INCLUDE_WHAT_YOU_USE "")
  target_sources(${target} PRIVATE $<TARGET_OBJECTS:${glue}>)
endfunction()
cmake_policy(POP)
