# bench_profiler_discover(<target> [PROFILE_FLAGS <name=value;...>]
#                         [PROFILE_DIR <folder>]
#                         [<arguments of gtest_discover_tests>...])
#
#   bench_profiler_discover(my_test)
#   # ctest; go tool pprof my_build/profiles/my_test/Suite.Test/cpu.prof
#
# Enables a GoogleTest executable and registers its tests with ctest, which then
# collects profiles, one folder for each test: PROFILE_DIR/Suite.Test, by default
# in profiles/<target> of the build folder. PROFILE_FLAGS are those of the command
# line without their dashes; "cpuprofile=cpu.prof" by default.
#
# Environment variables carry them; before CMake 3.22 they take the place of an
# ENVIRONMENT among the PROPERTIES for gtest_discover_tests, since then that of an
# ENVIRONMENT_MODIFICATION.
function(bench_profiler_discover target)
  include(GoogleTest)
  cmake_parse_arguments(PARSE_ARGV 1 DISCOVER ""
                        "PROFILE_FLAGS;PROFILE_DIR;TEST_LIST" "")
  if(NOT DISCOVER_PROFILE_FLAGS)
    set(DISCOVER_PROFILE_FLAGS cpuprofile=cpu.prof)
  endif()
  if(NOT DISCOVER_PROFILE_DIR)
    set(DISCOVER_PROFILE_DIR "${CMAKE_CURRENT_BINARY_DIR}/profiles/${target}")
  endif()
  if(NOT DISCOVER_TEST_LIST)
    set(DISCOVER_TEST_LIST ${target}_TESTS)
  endif()
  bench_profiler_enable(${target})
  gtest_discover_tests(${target} TEST_LIST ${DISCOVER_TEST_LIST}
                       ${DISCOVER_UNPARSED_ARGUMENTS})

  set(variables "")
  foreach(flag IN LISTS DISCOVER_PROFILE_FLAGS)
    if(NOT flag MATCHES "^([a-z_]+)=(.+)$")
      message(FATAL_ERROR "bench_profiler_discover(${target}): PROFILE_FLAGS "
                          "${flag} is not of the form name=value")
    endif()
    string(TOUPPER ${CMAKE_MATCH_1} name)
    list(APPEND variables "BENCH_PROFILER_${name}=${CMAKE_MATCH_2}")
  endforeach()
  # ctest knows the names of the tests, and only after the build.
  set(TEST_LIST ${DISCOVER_TEST_LIST})
  set(PROFILE_DIR "${DISCOVER_PROFILE_DIR}")
  set(VARIABLES "${variables}")
  set(script "${CMAKE_CURRENT_BINARY_DIR}/${target}_profiles.cmake")
  get_property(template GLOBAL PROPERTY BENCH_PROFILER_CTEST_TEMPLATE)
  configure_file("${template}" "${script}" @ONLY)
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${script}")
endfunction()
set_property(
  GLOBAL PROPERTY BENCH_PROFILER_CTEST_TEMPLATE
                  "${CMAKE_CURRENT_LIST_DIR}/bench_profiler_ctest.cmake.in")
